package dev.ringfence.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aws;

/**
 * Synthesizes the stack alone; {@code cdk} runs it, and no account is looked at on the way. What
 * differs from team to team comes as context: {@code cdk deploy -c policies=FOLDER -c
 * publishers=ARN,ARN -c notify=ADDRESS,ADDRESS}.
 */
public final class InfraApp {
  /** Where Maven puts the functions' jar, seen from this module's folder. */
  private static final Path BUILT = Path.of("..", "functions", "target");

  /** Shown instead of policies that nobody named. */
  private static final String EXAMPLES = "policies";

  /** A role of this account that a pipeline may be given; until it exists nobody can publish. */
  private static final String PUBLISHER =
      "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":role/ringfence-publisher";

  private InfraApp() {}

  public static void main(String[] args) throws IOException {
    App app = new App();
    new RingfenceStack(app, context(app, "stack", "Ringfence"), props(app));
    app.synth();
  }

  private static RingfenceProps props(App app) throws IOException {
    RingfenceProps.Builder props =
        RingfenceProps.builder(jar(Path.of(context(app, "functions", BUILT.toString()))))
            .name(context(app, "name", RingfenceProps.NAMED))
            .testEvents(TestEvents.named(context(app, "testEvents", "new")))
            .tracing(Boolean.parseBoolean(context(app, "tracing", "false")))
            .reservedConcurrency(Boolean.parseBoolean(context(app, "reservedConcurrency", "true")));
    for (Path policy : files(Path.of(context(app, "policies", EXAMPLES)), "*.json")) {
      props.policy(read(policy));
    }
    list(app, "publishers", PUBLISHER).forEach(props::publisher);
    list(app, "notify", "").forEach(props::notifying);
    list(app, "volumeKeys", "").forEach(props::volumeKey);
    return props.build();
  }

  private static ProductPolicy read(Path policy) throws IOException {
    try {
      return ProductPolicy.fromJson(Files.readString(policy));
    } catch (InvalidProps wrong) {
      throw new InvalidProps(policy + ": " + wrong.getMessage());
    }
  }

  /** The jar itself, or the one in the folder where Maven makes it. */
  private static Path jar(Path named) throws IOException {
    if (!Files.isDirectory(named)) {
      return named;
    }
    return files(named, "functions-*-lambda.jar").stream()
        .findFirst()
        .orElse(named.resolve("functions-lambda.jar"));
  }

  private static NavigableSet<Path> files(Path folder, String glob) throws IOException {
    NavigableSet<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(found::add);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    return found;
  }

  private static List<String> list(App app, String key, String otherwise) {
    return Arrays.stream(context(app, key, otherwise).split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .toList();
  }

  private static String context(App app, String key, String otherwise) {
    Object value = app.getNode().tryGetContext(key);
    return value == null ? otherwise : value.toString();
  }
}
