package dev.ringfence.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** A script that drives the machine's own Chromium by Playwright, run by the machine's own node. */
final class BrowserScript {
  private static final Path SOURCE = Path.of("src/test/browser");
  private static final Path PLACE = Path.of("target/browser");

  private static final String LOCK = "package-lock.json";

  /** npm writes it when all is there. */
  private static final Path INSTALLED = PLACE.resolve("node_modules/.package-lock.json");

  /** One package of some megabytes; a registry that answers at all answers within this. */
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);

  /** The script needs half a minute on an idle machine. */
  private static final Duration RUN_LIMIT = Duration.ofMinutes(5);

  private final Tools tools;

  private BrowserScript(Tools tools) {
    this.tools = tools;
  }

  /**
   * Finds the tools and installs what the lock file names into the build's own folder.
   *
   * @throws Tools.Missing when this machine cannot run it
   */
  static BrowserScript ready() throws Tools.Missing, IOException {
    Tools tools = Tools.find();
    Files.createDirectories(PLACE);
    boolean installed = Files.isRegularFile(INSTALLED) && isSameLock();
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.toList()) {
        Files.copy(file, PLACE.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!installed && !install(tools)) {
      throw new Tools.Missing("npm could not fetch playwright-core");
    }
    return new BrowserScript(tools);
  }

  private static boolean isSameLock() throws IOException {
    return Files.isRegularFile(PLACE.resolve(LOCK))
        && Files.mismatch(SOURCE.resolve(LOCK), PLACE.resolve(LOCK)) < 0;
  }

  private static boolean install(Tools tools) throws IOException {
    List<String> command =
        List.of(
            tools.npm(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--fetch-retries=1",
            "--fetch-timeout=30000");
    Process npm =
        new ProcessBuilder(command)
            .directory(PLACE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(PLACE.resolve("npm.log").toFile())
            .start();
    return Tools.endsWell(npm, INSTALL_LIMIT) && Files.isRegularFile(INSTALLED);
  }

  /**
   * Runs the script to its end, or for five minutes.
   *
   * @param pictures a folder, which is emptied
   * @param asked told how many minutes the script wants to pass
   * @return all that it said
   */
  String run(URI page, Path pictures, IntConsumer asked) throws IOException {
    empty(pictures);
    Process script =
        new ProcessBuilder(
                tools.node(),
                "watch.mjs",
                page.toString(),
                tools.chromium(),
                pictures.toAbsolutePath().toString())
            .directory(PLACE.toFile())
            .redirectErrorStream(true)
            .start();
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            () -> Tools.end(script),
            CompletableFuture.delayedExecutor(RUN_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return talk(script, asked);
    } finally {
      limit.cancel(false);
      Tools.end(script);
    }
  }

  private static String talk(Process script, IntConsumer asked) throws IOException {
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = script.inputReader(StandardCharsets.UTF_8);
        Writer answers = script.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("pass ")) {
          asked.accept(Integer.parseInt(line.substring("pass ".length())));
          answers.write("passed\n");
          answers.flush();
        }
      }
    }
    return said.toString();
  }

  private static void empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path picture : old.toList()) {
        Files.delete(picture);
      }
    }
  }
}
