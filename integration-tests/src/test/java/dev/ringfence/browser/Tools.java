package dev.ringfence.browser;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of this machine that a browser test needs, each asked whether it really runs. */
record Tools(String node, String npm, String chromium) {
  /** What playwright-core's package.json asks for. */
  private static final int OLDEST_NODE = 20;

  /** A browser that is a stub of another packaging system says so within this. */
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);

  private static final List<String> CHROMIUMS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  /**
   * Finds them.
   *
   * @throws Missing with a sentence, when one is not there
   */
  static Tools find() throws Missing, IOException {
    String node = program("node").orElseThrow(() -> new Missing("there is no Node.js"));
    if (!isYoungEnough(version(node).orElse(""))) {
      throw new Missing("Node.js is older than " + OLDEST_NODE);
    }
    String npm = program("npm").orElseThrow(() -> new Missing("there is no npm"));
    List<String> browsers =
        Stream.concat(
                Stream.ofNullable(System.getenv("CHROME_BIN")),
                CHROMIUMS.stream().flatMap(name -> program(name).stream()))
            .toList();
    for (String browser : browsers) {
      if (version(browser).isPresent()) {
        return new Tools(node, npm, browser);
      }
    }
    throw new Missing("there is no Chromium that starts");
  }

  /** Why there can be no test. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String what) {
      super("The widget is not looked at in a browser: " + what + ".");
    }
  }

  private static boolean isYoungEnough(String version) {
    String major = version.replaceFirst("^v([0-9]+)[.].*", "$1");
    return major.matches("[0-9]{1,4}") && Integer.parseInt(major) >= OLDEST_NODE;
  }

  private static Optional<String> program(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** What it calls itself; empty when it does not start. */
  private static Optional<String> version(String program) throws IOException {
    Path said = Files.createTempFile("version", ".txt");
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      return endsWell(process, VERSION_LIMIT)
          ? Optional.of(Files.readString(said, StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException doesNotStart) {
      return Optional.empty();
    } finally {
      Files.delete(said);
    }
  }

  /** Waits for a process and all that it started, but no longer than the limit. */
  static boolean endsWell(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      end(process);
    }
  }

  /** A browser is many processes, and outlives who started it. */
  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
