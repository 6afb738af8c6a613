package dev.ringfence.layering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small habits, kept by a test because nobody keeps them by heart. */
class HouseStyleTest {
  private static final Set<String> TOP =
      Set.of(
          "pom.xml",
          "functions",
          "infra",
          "shared",
          "integration-tests",
          "README.md",
          "LICENSE",
          "CHANGELOG.md");

  private static final List<String> POMS =
      List.of(
          "pom.xml",
          "shared/pom.xml",
          "functions/pom.xml",
          "integration-tests/pom.xml",
          "infra/pom.xml");

  @Test
  void theTopHoldsOnlyWhatWasAgreed() {
    assertEquals(new TreeSet<>(TOP), Checkout.top());
  }

  @Test
  void mainFilesAreReadToTheirEnd() {
    assertNone(Checkout.mainFiles(), HouseStyle::tooLong);
  }

  @Test
  void methodsFitOnAScreen() {
    assertEquals(List.of(), HouseStyle.longMethods(mainSources()));
  }

  /** An exception that is no longer needed would let a file or a method grow again. */
  @Test
  void exceptionsAreTakenBackWhenTheyAreNotNeeded() {
    Map<String, Integer> methods = Methods.lines(mainSources());
    Map<String, Integer> files = new TreeMap<>();
    mainSources()
        .forEach((file, text) -> files.put(HouseStyle.name(file), (int) text.lines().count()));
    Set<String> needless = new TreeSet<>();
    HouseStyle.LONG_METHODS.keySet().stream()
        .filter(each -> methods.getOrDefault(each, 0) <= HouseStyle.METHOD_LINES_MAX)
        .forEach(needless::add);
    HouseStyle.LONG_FILES.keySet().stream()
        .filter(each -> files.getOrDefault(each, 0) <= HouseStyle.FILE_LINES_MAX)
        .forEach(needless::add);
    assertEquals(Set.of(), needless);
  }

  @Test
  void nothingIsLeftForLater() {
    assertNone(texts(), HouseStyle::leftForLater);
  }

  @Test
  void nothingIsMocked() {
    assertNone(texts(), HouseStyle::mocks);
  }

  @Test
  void everyPackageSaysWhatLivesThere() {
    TreeSet<String> silent = new TreeSet<>();
    for (String file : Checkout.mainFiles()) {
      String folder = file.substring(0, file.lastIndexOf('/'));
      String info = folder + "/package-info.java";
      if (!Checkout.has(info)
          || !Checkout.read(info).contains("@NullMarked")
          || !Checkout.read(info).startsWith("/**")) {
        silent.add(folder);
      }
    }
    assertEquals(Set.of(), silent);
  }

  @Test
  void aFileOfOneLineTooMany_isTold() {
    String fits = "\n".repeat(HouseStyle.FILE_LINES_MAX);
    assertEquals(List.of(), HouseStyle.tooLong("Fits.java", fits));
    assertEquals(
        List.of("Long.java has 251 lines, the limit is 250"),
        HouseStyle.tooLong("Long.java", fits + "\n"));
  }

  @Test
  void aMethodOfOneLineTooMany_isTold() {
    String fits =
        "class A { void b() {\n" + "int c;\n".repeat(HouseStyle.METHOD_LINES_MAX) + "}\n}";
    assertEquals(List.of(), HouseStyle.longMethods(Map.of("src/A.java", fits)));
    assertEquals(
        List.of("A.java#b has 31 lines, the limit is 30"),
        HouseStyle.longMethods(Map.of("src/A.java", fits.replace("}\n}", "\n}\n}"))));
  }

  @Test
  void whatIsLeftForLaterOrMocked_isTold() {
    assertEquals(1, HouseStyle.leftForLater("A.java", "// FIX" + "ME tomorrow").size());
    assertEquals(1, HouseStyle.mocks("A.java", "import org.mockito.Mock;").size());
    assertEquals(1, HouseStyle.mocks("pom.xml", "<artifactId>mockito-core</artifactId>").size());
  }

  private static Map<String, String> mainSources() {
    Map<String, String> sources = new TreeMap<>();
    Checkout.mainFiles().forEach(file -> sources.put(file, Checkout.read(file)));
    assertTrue(sources.size() > POMS.size(), sources.keySet().toString());
    return sources;
  }

  private static List<String> texts() {
    return Stream.concat(
            Checkout.javaFiles().stream(),
            Stream.concat(POMS.stream(), Stream.of("README.md", "CHANGELOG.md", ".ci/run")))
        .toList();
  }

  private static void assertNone(
      Collection<String> files, BiFunction<String, String, List<String>> rule) {
    // A list of files that came out empty would make every rule true.
    assertTrue(files.size() > POMS.size(), files.toString());
    List<String> found = new ArrayList<>();
    for (String file : files) {
      found.addAll(rule.apply(file, Checkout.read(file)));
    }
    assertEquals(List.of(), found);
  }
}
