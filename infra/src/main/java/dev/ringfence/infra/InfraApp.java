package dev.ringfence.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

  /** What the stack is called; that of a cell with a name of its own has that name behind it. */
  private static final String STACK = "Ringfence";

  /** What CloudFormation takes as the name of a stack. */
  private static final Pattern STACK_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");

  /** A role of this account that a pipeline may be given; until it exists nobody can publish. */
  private static final String PUBLISHER =
      "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":role/ringfence-publisher";

  private InfraApp() {}

  /** Ends with 1, and with one line that names it, when something is wrong with the context. */
  public static void main(String[] args) throws IOException {
    App app = new App();
    try {
      addTo(app);
    } catch (InvalidProps wrong) {
      System.err.println("Nothing was synthesized: " + wrong.getMessage());
      System.exit(1);
    }
    app.synth();
  }

  /**
   * Adds the stack that the app's context describes.
   *
   * @throws InvalidProps naming what is wrong with it
   */
  static RingfenceStack addTo(App app) throws IOException {
    Context context = Context.of(app.getNode());
    RingfenceProps props = props(context);
    return new RingfenceStack(app, stack(context, props.name()), props);
  }

  /** A second cell must not be taken for a new version of the first. */
  private static String stack(Context context, String name) {
    String ordinary = name.equals(RingfenceProps.NAMED) ? STACK : STACK + "-" + name;
    String stack = context.text(Context.Key.STACK, ordinary);
    if (!STACK_NAME.matcher(stack).matches()) {
      throw new InvalidProps(
          "stack is \"" + stack + "\", must be a letter and up to 127 letters, digits and dashes");
    }
    return stack;
  }

  private static RingfenceProps props(Context context) throws IOException {
    Path jar = jar(Path.of(context.text(Context.Key.FUNCTIONS, BUILT.toString())));
    RingfenceProps.Builder props =
        RingfenceProps.builder(jar)
            .name(context.text(Context.Key.NAME, RingfenceProps.NAMED))
            .testEvents(TestEvents.named(context.text(Context.Key.TEST_EVENTS, "new")))
            .tracing(context.isOn(Context.Key.TRACING, false))
            .reservedConcurrency(context.isOn(Context.Key.RESERVED_CONCURRENCY, true));
    for (Path policy : policies(context.text(Context.Key.POLICIES, EXAMPLES))) {
      props.policy(read(policy));
    }
    context.list(Context.Key.PUBLISHERS, PUBLISHER).forEach(props::publisher);
    context.list(Context.Key.NOTIFY, "").forEach(props::notifying);
    context.list(Context.Key.VOLUME_KEYS, "").forEach(props::volumeKey);
    return props.build();
  }

  private static NavigableSet<Path> policies(String named) throws IOException {
    Path folder = Path.of(named);
    if (named.isBlank() || !Files.isDirectory(folder)) {
      throw new InvalidProps(
          "policies is \""
              + named
              + "\", must be a folder with a policy in each .json file; "
              + folder.toAbsolutePath().normalize()
              + " is none");
    }
    return files(folder, "*.json");
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
}
