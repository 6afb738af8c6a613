package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Consent;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run of the sweep takes a minute, and meanwhile others begin what needs what it removes. */
class SweepOvertakenTest {
  private static final Instant NOW = Instant.parse("2026-11-03T02:00:00Z");
  private static final int KEPT = 150;

  private final TestingStore store = new TestingStore();
  private final List<String> gone = new ArrayList<>();

  private static String id(int number) {
    return String.format(Locale.ROOT, "snap-%03d", number);
  }

  private static List<Attic.Kept> all() {
    return IntStream.range(0, KEPT)
        .mapToObj(i ->
            new Attic.Kept(
                Attic.Kind.SNAPSHOT,
                id(i),
                id(i),
                "falcon",
                "i-1",
                NOW.minus(Duration.ofDays(90)),
                NOW.minusSeconds(1).toString(),
                Attic.State.AT_HAND))
        .toList();
  }

  /** An attic in which, at one removal, somebody begins to bring a machine back. */
  private Attic attic(int beginsAt) {
    return new Attic() {
      @Override
      public List<Kept> all() {
        return SweepOvertakenTest.all();
      }

      @Override
      public Removal removeDay(Kept one) {
        throw new AssertionError(one + " is in nobody's use");
      }

      @Override
      public Removal remove(Kept one) {
        gone.add(one.id());
        if (gone.size() == beginsAt) {
          beginRestore();
        }
        return new Removal.Gone();
      }
    };
  }

  private void beginRestore() {
    RestoreOrder order =
        new RestoreOrder(
            "falcon-r1",
            "falcon-1",
            "falcon",
            "7.16.1",
            false,
            Consent.ALL,
            new VersionProbe(new SsmDocument("Probe", "1", "0123456789abcdef".repeat(4)), Map.of()),
            Duration.ofHours(1),
            10,
            List.of(
                new RestoreOrder.Hurt(
                    "i-1", "az-1", NOW, new RestorePoint(id(KEPT - 1), NOW), null, "silent")));
    store.create(
        RestoreCourse.FORM,
        Restore.of(order, "0123456789ab", NOW),
        Restore.wards(order),
        List.of());
  }

  @Test
  void restoreThatBeginsWhileTheSweepRemoves_keepsWhatIsLeft() {
    store.policies.put("falcon", "{}");
    ExpirySweep.Swept swept = new ExpirySweep(store, attic(1), () -> NOW).run();
    assertTrue(gone.size() <= ExpirySweep.AT_A_TIME, gone.size() + " went");
    Set<String> left = new TreeSet<>(all().stream().map(Attic.Kept::id).toList());
    gone.forEach(left::remove);
    assertEquals(left, swept.spared().keySet());
    assertEquals(Set.of(Spared.RESTORES), Set.copyOf(swept.spared().values()));
    assertEquals(
        new ExpirySweep.Swept(List.copyOf(gone), List.of(), swept.spared(), Map.of(), 0),
        swept,
        "all is told");
  }

  @Test
  void nobodyInTheWay_allOfItGoesOnce() {
    store.policies.put("falcon", "{}");
    ExpirySweep.Swept swept = new ExpirySweep(store, attic(0), () -> NOW).run();
    assertEquals(all().stream().map(Attic.Kept::id).toList(), gone);
    assertEquals(new ExpirySweep.Swept(gone, List.of(), Map.of(), Map.of(), 0), swept);
  }
}
