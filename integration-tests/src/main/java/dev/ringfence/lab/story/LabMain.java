package dev.ringfence.lab.story;

import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.LabPort;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The lab's command line. Exit code 0 only if every promise was kept; 1 if one was broken; 2 for
 * wrong input.
 */
@Command(
    name = "lab",
    description = "Tells a story of releases on a simulated fleet.",
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class LabMain implements Callable<Integer> {
  private static final int MACHINES_MIN = 1;
  private static final int MACHINES_MAX = 100_000;
  private static final int PORT_MAX = 65_535;

  /** How fast time passes on an open lab: a restore is watched in some ten seconds. */
  private static final Duration A_SECOND_IS = Duration.ofMinutes(1);

  @Option(names = "--scenario", description = "What the second release does.")
  private String scenario = Scenario.BLUE_SCREEN.title();

  @Option(names = "--machines", description = "How many machines the fleet has.")
  private String machines = "200";

  @Option(names = "--seed", description = "The same seed gives the same run.")
  private String seed = "20240719";

  @Option(names = "--release", description = "A Release Published event as JSON.")
  private String release = "";

  @Option(names = "--policy", description = "The product's policy as JSON.")
  private String policy = "";

  @Option(names = "--from", description = "The folder that relative files are looked for in.")
  private Path from = Path.of("");

  @Option(names = "--report", description = "Where the report is written as JSON.")
  private Path report = Path.of("lab-report.json");

  @Option(
      names = "--port",
      description = "After the story, answer the AWS CLI on this loopback port until Enter.")
  private String port = "";

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** Runs the command line and leaves with its exit code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new LabMain())
            .setExecutionExceptionHandler(LabMain::explain)
            .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    StoryInput input =
        new StoryInput(
            scenario(),
            (int) number("machines", machines, MACHINES_MIN, MACHINES_MAX),
            number("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
            content("release", release),
            content("policy", policy));
    int openAt = port.isEmpty() ? 0 : (int) number("port", port, 1, PORT_MAX);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Screen screen = isTerminal() ? new LiveScreen(out) : new PlainScreen(out);
    try (Story story = Story.open(input, screen)) {
      Report told = story.tell();
      out.println(ReportText.of(told));
      Files.writeString(report, told.toJson());
      out.println(
          "The report as JSON: " + from.toAbsolutePath().relativize(report.toAbsolutePath()));
      if (openAt > 0) {
        stayOpen(story, openAt, out);
      }
      return told.kept() ? 0 : 1;
    }
  }

  /** Lets somebody look at what the story left behind, with the AWS CLI. */
  private static void stayOpen(Story story, int port, PrintStream out) throws IOException {
    Lock turn = new ReentrantLock();
    try (LabPort open = LabPort.open(port, story.lab().onlookersWire(), turn);
        ScheduledExecutorService time = passing(story.lab().clock(), turn)) {
      out.println("The lab answers the AWS CLI until you press Enter, and each second a minute");
      out.println("passes in it; for example:");
      out.println("  aws --endpoint-url " + open.endpoint() + " ec2 describe-instances");
      out.println(
          "  aws --endpoint-url "
              + open.endpoint()
              + " lambda invoke --function-name "
              + DeployedPlane.ROLLOUT_CONSOLE
              + " --cli-binary-format raw-in-base64-out"
              + " --payload '{}' out.json");
      int key = System.in.read();
      while (key != '\n' && key >= 0) {
        key = System.in.read();
      }
      time.shutdownNow();
    }
  }

  /** What is begun on an open lab goes on: its clock runs sixty times as fast as the wall's. */
  private static ScheduledExecutorService passing(VirtualClock clock, Lock turn) {
    ScheduledExecutorService time =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("lab-clock").unstarted(work));
    // Its result never comes; what goes wrong in a second is said in it.
    ScheduledFuture<?> _ =
        time.scheduleAtFixedRate(() -> aSecond(clock, turn), 1, 1, TimeUnit.SECONDS);
    return time;
  }

  private static void aSecond(VirtualClock clock, Lock turn) {
    turn.lock();
    try {
      clock.runUntil(clock.instant().plus(A_SECOND_IS));
    } catch (RuntimeException broken) {
      System.err.println("the lab's clock has stopped: " + broken);
      throw broken;
    } finally {
      turn.unlock();
    }
  }

  // Whether there is a console at all is still up to the JDK that runs this.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private Scenario scenario() {
    return Scenario.of(scenario)
        .orElseThrow(
            () -> wrong("scenario is " + scenario + ", must be one of " + Scenario.titles()));
  }

  private long number(String name, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number out of range.
    }
    throw wrong(name + " is " + text + ", must be a whole number from " + least + " to " + most);
  }

  private @Nullable String content(String name, String file) throws IOException {
    if (file.isEmpty()) {
      return null;
    }
    Path path = from.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw wrong(name + " is " + file + ", which is not a file");
    }
    return Files.readString(path);
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof Story.RefusedStory refused) {
      line.getErr().println(refused.getMessage());
      return line.getCommandSpec().exitCodeOnInvalidInput();
    }
    throw failure;
  }
}
