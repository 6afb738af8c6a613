package dev.ringfence.lab.cloud.account;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The instance types that the lab sells, with what limits how an instance may be handled. */
public final class InstanceKinds {
  /**
   * One instance type.
   *
   * @param architecture {@code x86_64} or {@code arm64}
   * @param instanceStore whether its host lends it disks, which a stop empties
   */
  public record Kind(
      String type, String architecture, boolean metal, boolean hibernates, boolean instanceStore) {}

  private static final Map<String, Kind> KINDS = new TreeMap<>();

  static {
    for (String type :
        List.of("m5.large", "m6i.xlarge", "c5.large", "r6i.large", "t3.medium", "t3.micro")) {
      KINDS.put(type, new Kind(type, "x86_64", false, true, false));
    }
    for (String type : List.of("m7g.large", "c7g.large", "t4g.small", "t4g.micro")) {
      KINDS.put(type, new Kind(type, "arm64", false, false, false));
    }
    KINDS.put("m5d.large", new Kind("m5d.large", "x86_64", false, true, true));
    KINDS.put("m5.metal", new Kind("m5.metal", "x86_64", true, false, false));
  }

  private InstanceKinds() {}

  public static @Nullable Kind find(String type) {
    return KINDS.get(type);
  }

  public static List<Kind> all() {
    return List.copyOf(KINDS.values());
  }

  /** Whether an instance of a type has disks that a stop empties. */
  public static boolean hasStore(String type) {
    Kind kind = KINDS.get(type);
    return kind != null && kind.instanceStore();
  }

  public static boolean isMetal(String type) {
    Kind kind = KINDS.get(type);
    return kind != null && kind.metal();
  }
}
