package dev.ringfence.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of stories. A failure prints its seed: {@code -Dringfence.seed=S -Dringfence.seeds=1}
 * tells that one again.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("ringfence.seeds", 300);
  private static final long FIRST = Long.getLong("ringfence.seed", 1);

  @Test
  void whateverHappens_theEightPromisesHold() throws InterruptedException {
    Map<String, Integer> ends = new TreeMap<>();
    Map<String, Integer> mishaps = new TreeMap<>();
    List<String> broken = new ArrayList<>();
    long calls = 0;
    long began = System.nanoTime();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Future<Simulation.Told> each : begin(workers)) {
        try {
          Simulation.Told told = each.get();
          told.ends().forEach((end, times) -> ends.merge(end, times, Integer::sum));
          told.mishaps().forEach((what, times) -> mishaps.merge(what, times, Integer::sum));
          calls += told.calls();
          if (!told.held()) {
            broken.add(report(told));
          }
        } catch (ExecutionException failed) {
          throw new AssertionError(failed.getCause());
        }
      }
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    System.out.printf(
        "%d seeds from %d in %d ms (%d ms a seed), %d calls, ends %s, mishaps %s%n",
        SEEDS, FIRST, millis, millis / SEEDS, calls, ends, mishaps);
    assertEquals(List.of(), broken);
  }

  private static List<Future<Simulation.Told>> begin(ExecutorService workers) {
    return LongStream.range(FIRST, FIRST + SEEDS)
        .mapToObj(seed ->
            workers.submit(() -> {
              try {
                return new Simulation(seed).tell();
              } catch (RuntimeException | Error bug) {
                throw new AssertionError("seed " + seed + ": " + Scenario.draw(seed), bug);
              }
            }))
        .toList();
  }

  private static String report(Simulation.Told told) {
    StringBuilder text = new StringBuilder();
    text.append('\n').append(told.scenario()).append('\n');
    told.verdicts().stream()
        .filter(verdict -> !verdict.held())
        .forEach(verdict -> text.append(verdict).append('\n'));
    return text.append(told.journals()).toString();
  }
}
