package dev.ringfence.layering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The product's files, as they lie in the working copy that the suite runs in. */
final class Checkout {
  private static final Path ROOT = root();

  private Checkout() {}

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("integration-tests"))) {
      Path parent = here.getParent();
      if (parent == null) {
        throw new IllegalStateException("the suite does not run inside a working copy");
      }
      here = parent;
    }
    return here;
  }

  static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static boolean has(String file) {
    return Files.exists(ROOT.resolve(file));
  }

  /** What lies at the top, except dot-files and what {@code .gitignore} names. */
  static Set<String> top() {
    List<PathMatcher> ignored =
        read(".gitignore").lines().filter(line -> !line.isBlank()).map(Checkout::matcher).toList();
    Set<String> names = new TreeSet<>();
    try (Stream<Path> top = Files.list(ROOT)) {
      top.map(Path::getFileName)
          .filter(name -> ignored.stream().noneMatch(each -> each.matches(name)))
          .map(Path::toString)
          .filter(name -> !name.startsWith("."))
          .forEach(names::add);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return names;
  }

  private static PathMatcher matcher(String line) {
    String glob = line.strip().replaceAll("^/|/$", "");
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  /** Java files of the modules, main and test, relative to the top and with slashes. */
  static List<String> javaFiles() {
    return Stream.of("shared", "functions", "integration-tests", "infra")
        .map(module -> ROOT.resolve(module).resolve("src"))
        .filter(Files::isDirectory)
        .flatMap(Checkout::walk)
        .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
        .filter(file -> file.endsWith(".java"))
        .sorted()
        .toList();
  }

  static List<String> mainFiles() {
    return javaFiles().stream().filter(file -> file.contains("/src/main/")).toList();
  }

  private static Stream<Path> walk(Path src) {
    try (Stream<Path> all = Files.walk(src)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
