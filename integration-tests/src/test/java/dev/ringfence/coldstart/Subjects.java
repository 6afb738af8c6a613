package dev.ringfence.coldstart;

import dev.ringfence.coldstart.byhand.ReleasePublishedByHand;
import dev.ringfence.contract.CellFunction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that is measured, each unpacked to a folder of its own. */
final class Subjects {
  private static final String METHOD = "::handleRequest";

  /** Lambda's 1,024 MB are less than one processor, so nobody gets more than one. */
  private static final Path PIN = Path.of("/usr/bin/taskset");

  private final Path folder;
  private final LoopbackCell cell;
  private final LoopbackCell quiet;
  private final Events events;
  private final Events quietEvents;

  /**
   * @param cell where every event leaves an operation behind
   * @param quiet where one rollout is all there is
   */
  Subjects(Path folder, LoopbackCell cell, LoopbackCell quiet) {
    this.folder = folder;
    this.cell = cell;
    this.quiet = quiet;
    this.events = new Events(cell);
    this.quietEvents = new Events(quiet);
    quiet.newRollout(LoopbackCell.FLEET);
  }

  /**
   * The floor first, the rival last.
   *
   * @param functions the jar that the stack deploys
   * @param rivals where the rivals were built
   */
  List<Subject> all(Path functions, Path rivals) throws IOException {
    List<Subject> all = new ArrayList<>();
    Supplier<String> release = () -> events.next(CellFunction.RELEASE_PUBLISHED);
    all.add(
        new Subject(
            "plain handler, one PutItem",
            code(rival(rivals, "plain"), "dev.ringfence.rival.plain.PlainFunction", Map.of()),
            release,
            true,
            true));
    Path ours = TaskRoot.unpack(List.of(functions), folder.resolve("functions"));
    Path byHand =
        TaskRoot.unpack(List.of(functions, ownClasses()), folder.resolve("functions-by-hand"));
    all.add(
        new Subject(
            "release-published, wired by hand",
            code(byHand, ReleasePublishedByHand.class.getName(), Map.of()),
            release,
            false,
            false));
    for (CellFunction function : CellFunction.values()) {
      all.add(ours(ours, function));
    }
    all.add(
        new Subject(
            "Spring Cloud Function, one PutItem",
            code(
                rival(rivals, "spring"),
                "org.springframework.cloud.function.adapter.aws.FunctionInvoker",
                Map.of(
                    "MAIN_CLASS", "dev.ringfence.rival.spring.SpringFunction",
                    "SPRING_CLOUD_FUNCTION_DEFINITION", "write",
                    "SPRING_MAIN_WEB_APPLICATION_TYPE", "none",
                    "SPRING_MAIN_BANNER_MODE", "off")),
            release,
            false,
            true));
    return all;
  }

  private Subject ours(Path root, CellFunction function) {
    boolean isQuiet = Events.looksAtEverything(function);
    Events calls = isQuiet ? quietEvents : events;
    return new Subject(
        function.title(),
        code(root, function.className(), (isQuiet ? quiet : cell).environment()),
        () -> calls.next(function),
        false,
        true);
  }

  private Instance.Code code(Path root, String handler, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(cell.environment());
    environment.putAll(more);
    return new Instance.Code(root, handler + METHOD, "", environment, prefix());
  }

  private static List<String> prefix() {
    int last = Runtime.getRuntime().availableProcessors() - 1;
    return Files.isExecutable(PIN)
        ? List.of(PIN.toString(), "--cpu-list", Integer.toString(last))
        : List.of();
  }

  private Path rival(Path rivals, String name) throws IOException {
    Path target = rivals.resolve(name).resolve("target");
    List<Path> sources = new ArrayList<>();
    sources.add(target.resolve("classes"));
    try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
      jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(sources::add);
    }
    return TaskRoot.unpack(sources, folder.resolve(name));
  }

  /** Only the package of what is wired by hand, in a folder as if it were a jar. */
  private Path ownClasses() throws IOException {
    try {
      Path classes =
          Path.of(
              ReleasePublishedByHand.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      Path inside = Path.of(ReleasePublishedByHand.class.getPackageName().replace('.', '/'));
      Path only = folder.resolve("own");
      TaskRoot.unpack(List.of(classes.resolve(inside)), only.resolve(inside));
      return only;
    } catch (URISyntaxException odd) {
      throw new IOException("where are the classes of this benchmark?", odd);
    }
  }
}
