package dev.ringfence.awscontract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The table of results. It is printed, and written to {@link #FILE}, when all suites are over. */
public final class ContractTable implements BeforeAllCallback {
  /** For whoever wants to show it at the end of a longer output. */
  static final Path FILE = Path.of("target", "contract-suite.txt");

  private static final Map<String, Map<Promise, Verdict>> RESULTS = new LinkedHashMap<>();
  private static final Map<String, String> ABSENT = new LinkedHashMap<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(ContractTable.class, _ -> (AutoCloseable) ContractTable::print);
  }

  static synchronized void add(Target target, Promise promise, Verdict verdict) {
    ABSENT.remove(target.name());
    RESULTS.computeIfAbsent(target.name(), _ -> new LinkedHashMap<>()).put(promise, verdict);
  }

  /** A target that could not be had stands in the table too. */
  public static synchronized void absent(String target, String why) {
    if (!RESULTS.containsKey(target)) {
      ABSENT.put(target, why);
    }
  }

  private static synchronized void print() throws IOException {
    String text = text();
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, text);
    System.out.print(text);
  }

  private static String text() {
    StringBuilder text = new StringBuilder("\nWhat we rely on in AWS, and what keeps it:\n");
    RESULTS.forEach((target, results) -> text.append(summary(target, results)));
    ABSENT.forEach((target, why) -> text.append("  %s: nothing ran, %s%n".formatted(target, why)));
    for (Promise promise : Contract.PROMISES) {
      text.append("  ").append(promise).append('\n');
      RESULTS.forEach((target, results) -> {
        Verdict verdict = results.get(promise);
        text.append("      %s: %s%n".formatted(target, verdict == null ? "did not run" : verdict));
      });
    }
    return text.toString();
  }

  private static String summary(String target, Map<Promise, Verdict> results) {
    Map<String, Long> counts =
        results.values().stream()
            .collect(
                Collectors.groupingBy(
                    verdict -> verdict.toString().replaceAll(":.*", ""),
                    LinkedHashMap::new,
                    Collectors.counting()));
    return "  %s: %s%n".formatted(target, counts);
  }
}
