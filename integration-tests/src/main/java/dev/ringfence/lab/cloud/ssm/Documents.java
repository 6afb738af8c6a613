package dev.ringfence.lab.cloud.ssm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents that Run Command can run. Content is text that only its hash matters of; what a
 * document does is its {@link Action}. The latest version is also the default one.
 */
public final class Documents {
  /**
   * Installs {@code version} of {@code product}; {@code reboot} is {@code never} or {@code after}.
   */
  public static final String INSTALL = "Ringfence-Install";

  /** Prints {@code version=…} and {@code booted=…}, one line each, for {@code product}. */
  public static final String READ_VERSION = "Ringfence-ReadVersion";

  /** Removes {@code product} from the machine. */
  public static final String WITHDRAW = "Ringfence-Withdraw";

  /** Does nothing and succeeds. */
  public static final String NO_OP = "Ringfence-NoOp";

  /** AWS's own: runs lines of shell. The lab knows those that freeze a machine and let it go. */
  public static final String SHELL = "AWS-RunShellScript";

  /** AWS's own: has Windows make consistent snapshots of its machine. */
  public static final String SHADOWS = "AWSEC2-VssInstallAndSnapshot";

  /** What a document does, and which parameters it takes. */
  public enum Action {
    INSTALL,
    READ_VERSION,
    WITHDRAW,
    NO_OP,
    SHELL,
    SHADOWS;

    private static final Set<String> SHADOW_PARAMETERS =
        Set.of(
            "AmiName",
            "CollectDiagnosticLogs",
            "CopyOnly",
            "CreateAmi",
            "ExcludeBootVolume",
            "NoWriters",
            "SaveVssMetadata",
            "VssVersion",
            "description",
            "executionTimeout",
            "tags");

    /** Whether all that it needs is given, and nothing that it does not know. */
    boolean accepts(Set<String> names) {
      return names.containsAll(required())
          && names.stream()
              .allMatch(name -> required().contains(name) || optional().contains(name));
    }

    private Set<String> required() {
      return switch (this) {
        case INSTALL -> Set.of("product", "version");
        case READ_VERSION, WITHDRAW -> Set.of("product");
        case NO_OP, SHADOWS -> Set.of();
        case SHELL -> Set.of("commands");
      };
    }

    private Set<String> optional() {
      return switch (this) {
        case INSTALL -> Set.of("reboot", "executionTimeout");
        case READ_VERSION, WITHDRAW, NO_OP -> Set.of("executionTimeout");
        case SHELL -> Set.of("workingDirectory", "executionTimeout");
        case SHADOWS -> SHADOW_PARAMETERS;
      };
    }

    /** The name of the document's one step, which is its plugin's name in Run Command's answers. */
    String step() {
      return switch (this) {
        case INSTALL -> "install";
        case READ_VERSION -> "readVersion";
        case WITHDRAW -> "withdraw";
        case NO_OP -> "noOp";
        case SHELL -> "aws:runShellScript";
        case SHADOWS -> "CreateVssSnapshot";
      };
    }
  }

  /**
   * One version of a document.
   *
   * @param sha256 lower-case hexadecimal digest of the content
   * @param builtIn parameters that are written into the document itself; empty when the command
   *     must give them
   */
  public record Version(
      String name,
      String number,
      Action action,
      String content,
      String sha256,
      Map<String, String> builtIn) {
    public Version {
      builtIn = Map.copyOf(builtIn);
    }
  }

  private final Map<String, List<Version>> versions = new TreeMap<>();

  public Documents() {
    publish(INSTALL, Action.INSTALL, text(Action.INSTALL));
    publish(READ_VERSION, Action.READ_VERSION, text(Action.READ_VERSION));
    publish(WITHDRAW, Action.WITHDRAW, text(Action.WITHDRAW));
    publish(NO_OP, Action.NO_OP, text(Action.NO_OP));
    publish(SHELL, Action.SHELL, text(Action.SHELL));
    publish(SHADOWS, Action.SHADOWS, text(Action.SHADOWS));
  }

  /** Adds a version to a document, or makes the document. */
  public Version publish(String name, Action action, String content) {
    List<Version> all = versions.computeIfAbsent(name, key -> new ArrayList<>());
    Version version = version(name, all.size() + 1, action, content);
    all.add(version);
    return version;
  }

  /**
   * Changes a document's latest version in place, as AWS does with the documents that it owns: the
   * number stays and the hash does not.
   */
  public Version alter(String name, String content) {
    List<Version> all = versions.getOrDefault(name, List.of());
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no document " + name);
    }
    Version altered = version(name, all.size(), all.getLast().action(), content);
    all.set(all.size() - 1, altered);
    return altered;
  }

  /**
   * Takes a document of somebody's own: of its content only the hash is known, and what it does is
   * told here. It takes any parameters.
   */
  public void adopt(
      String name, String number, String sha256, Action action, Map<String, String> builtIn) {
    versions
        .computeIfAbsent(name, key -> new ArrayList<>())
        .add(new Version(name, number, action, "", sha256, builtIn));
  }

  /** The latest version of a document that must be there. */
  public Version latest(String name) {
    Version version = find(name, null);
    if (version == null) {
      throw new IllegalArgumentException("no document " + name);
    }
    return version;
  }

  boolean exists(String name) {
    return versions.containsKey(name);
  }

  /**
   * Finds a version.
   *
   * @param number a number, {@code $LATEST}, {@code $DEFAULT}, or null for the default
   * @return null when there is no such document or version
   */
  @Nullable Version find(String name, @Nullable String number) {
    List<Version> all = versions.getOrDefault(name, List.of());
    if (all.isEmpty()) {
      return null;
    }
    if (number == null || number.equals("$LATEST") || number.equals("$DEFAULT")) {
      return all.getLast();
    }
    return all.stream().filter(version -> version.number().equals(number)).findFirst().orElse(null);
  }

  private static Version version(String name, int number, Action action, String content) {
    return new Version(name, Integer.toString(number), action, content, sha256(content), Map.of());
  }

  private static String text(Action action) {
    return "{\"schemaVersion\":\"2.2\",\"mainSteps\":[{\"name\":\"" + action.step() + "\"}]}";
  }

  private static String sha256(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
