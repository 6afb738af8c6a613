package dev.ringfence.lab.story;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

  @Option(names = "--scenario", description = "What the second release does.")
  private String scenario = Scenario.BLUE_SCREEN.title();

  @Option(
      names = "--machines",
      description = "How many machines the fleet has; what the scenario wants if left out.")
  private String machines = "";

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
      description = "Show the widget and answer the AWS CLI on this loopback port, until Enter.")
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
    Scenario chosen = scenario();
    StoryInput input =
        new StoryInput(
            chosen,
            machines.isEmpty()
                ? chosen.usualMachines()
                : (int) number("machines", machines, MACHINES_MIN, MACHINES_MAX),
            number("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
            content("release", release),
            content("policy", policy));
    int openAt = port.isEmpty() ? 0 : (int) number("port", port, 1, PORT_MAX);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Screen screen = new Crowds(isTerminal() ? new LiveScreen(out) : new PlainScreen(out));
    try (Story story = Story.open(input, screen)) {
      if (openAt == 0) {
        return end(story.tell(), out);
      }
      try (OpenLab open = OpenLab.open(openAt, story.lab())) {
        int code = end(open.inTurn(() -> story.tell(open, () -> open.announce(out))), out);
        open.stay(out);
        return code;
      }
    }
  }

  private int end(Report told, PrintStream out) throws IOException {
    out.println(ReportText.of(told));
    Files.writeString(report, told.toJson());
    out.println("The report as JSON: " + from.toAbsolutePath().relativize(report.toAbsolutePath()));
    return told.kept() ? 0 : 1;
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
