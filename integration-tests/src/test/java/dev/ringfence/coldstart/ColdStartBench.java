package dev.ringfence.coldstart;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures how long functions take to start, beside a handler without a framework, which is the
 * floor, and beside a Spring Cloud Function, and prints tables:
 *
 * <pre>
 * mvn -q -Pbench-cold -DskipTests -pl integration-tests -am package
 * mvn -q -Pbench-cold -DskipTests -pl integration-tests -am package -Druns=5 -Donly=beat
 * </pre>
 *
 * <p>Subjects take turns, so that a busy minute of the machine meets them all; what is printed are
 * medians. Everything is plain HTTP on one machine, without TLS, without a microVM and without a
 * download of code: rows may be compared, and none is what Lambda would show.
 */
public final class ColdStartBench {
  /** Enough for a first beat to have a fleet to look at. */
  private static final int MACHINES = 200;

  private static final String ONLY = "--only=";

  private ColdStartBench() {}

  /**
   * Measures and prints.
   *
   * @param args how many runs count; the functions' jar; the folder of the rivals; {@code --only=}
   *     and what the names of those have in them that are measured beside the floor
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("ringfence-cold-");
    InstantSource time = InstantSource.system();
    try (LoopbackCell cell = LoopbackCell.open(MACHINES, time.instant());
        LoopbackCell quiet = LoopbackCell.open(MACHINES, time.instant())) {
      List<Subject> subjects =
          new Subjects(folder, cell, quiet)
              .all(Path.of(args[1]), Path.of(args[2])).stream()
                  .filter(subject -> subject.floor() || subject.name().contains(only(args)))
                  .toList();
      Rounds rounds = new Rounds(subjects, Integer.parseInt(args[0]));
      load(out);
      Tables.cold(out, rounds);
      load(out);
      Tables.restored(out, rounds);
      load(out);
      Tables.warm(out, rounds);
      load(out);
    } finally {
      delete(folder);
    }
  }

  private static String only(String[] args) {
    return args.length < 4 ? "" : args[3].substring(ONLY.length());
  }

  private static void load(PrintStream out) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    out.printf(
        Locale.ROOT,
        "%nLoad average %.1f on %d processors, Java %s%n",
        system.getSystemLoadAverage(),
        system.getAvailableProcessors(),
        Runtime.version());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(ColdStartBench::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }
}
