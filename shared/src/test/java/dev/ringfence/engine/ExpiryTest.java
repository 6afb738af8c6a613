package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.engine.Attic.Kept;
import dev.ringfence.engine.Attic.Kind;
import dev.ringfence.engine.Attic.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of all that is kept may go. */
class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-03T02:00:00Z");
  private static final Instant PAST = NOW.minusSeconds(1);
  private static final Duration DAYS = Duration.ofDays(13);
  private static final Expiry.Needs NOBODY = needs(Set.of(), Map.of(), false);

  private static Expiry.Needs needs(
      Set<String> points, Map<String, List<Instant>> watched, boolean restoring) {
    return new Expiry.Needs(Set.of("falcon"), points, watched, restoring);
  }

  private static Kept snapshot(String id, String set, String machine, long daysOld) {
    return kept(Kind.SNAPSHOT, id, set, machine, daysOld, PAST, State.AT_HAND);
  }

  private static Kept kept(
      Kind kind,
      String id,
      String set,
      String machine,
      long daysOld,
      @Nullable Instant expires,
      State state) {
    Instant madeAt = NOW.minus(Duration.ofDays(daysOld));
    String day = expires == null ? "next spring" : expires.toString();
    return new Kept(kind, id, set, "falcon", machine, madeAt, day, state);
  }

  private static Kept in(State state) {
    return kept(Kind.VOLUME, "vol-" + state, "vol-" + state, "i-1", 90, PAST, state);
  }

  @Test
  void whatHasExpired_mayGo_andOnItsDayItDoesNot() {
    Kept old = snapshot("snap-1", "key-1", "i-1", 90);
    Kept today = kept(Kind.SNAPSHOT, "snap-2", "key-2", "i-1", 70, NOW, State.AT_HAND);
    assertEquals(
        new Expiry(List.of(), List.of(old), Map.of()), Expiry.of(List.of(today, old), NOBODY, NOW));
  }

  @Test
  void whatCannotGo_staysWithItsReason() {
    Kept noDay = kept(Kind.VOLUME, "vol-x", "vol-x", "i-1", 90, null, State.AT_HAND);
    List<Kept> all = new ArrayList<>(List.of(noDay));
    List.of(State.values()).forEach(state -> all.add(in(state)));
    assertEquals(
        new Expiry(
            List.of(in(State.ATTACHED)),
            List.of(in(State.AT_HAND), in(State.BROKEN)),
            Map.of(
                "vol-x", Spared.NO_DAY,
                "vol-UNFINISHED", Spared.UNFINISHED,
                "vol-ARCHIVED", Spared.ARCHIVED)),
        Expiry.of(all, NOBODY, NOW));
  }

  @Test
  void whatAnOperationRefersTo_staysWithItsWholeSet() {
    Kept root = snapshot("snap-root", "key-1", "i-1", 90);
    Kept data = snapshot("snap-data", "key-1", "i-1", 90);
    Kept other = snapshot("snap-other", "key-2", "i-1", 95);
    Expiry.Needs needs = needs(Set.of("snap-root"), Map.of(), false);
    assertEquals(
        new Expiry(
            List.of(),
            List.of(other),
            Map.of("snap-root", Spared.IN_USE, "snap-data", Spared.WAY_BACK)),
        Expiry.of(List.of(root, data, other), needs, NOW));
  }

  /** Both the newest of all and the newest that is older than the release may be asked for. */
  @Test
  void machineUnderWatch_keepsItsWaysBack() {
    Kept oldest = snapshot("snap-90", "key-90", "i-1", 90);
    Kept before = snapshot("snap-80", "key-80", "i-1", 80);
    Kept newest = snapshot("snap-75", "key-75", "i-1", 75);
    Kept archived = kept(Kind.SNAPSHOT, "snap-74", "key-74", "i-1", 74, PAST, State.ARCHIVED);
    Kept others = snapshot("snap-other", "key-other", "i-2", 70);
    Instant release = NOW.minus(Duration.ofDays(78));
    Expiry.Needs needs = needs(Set.of(), Map.of("i-1", List.of(release)), false);
    assertEquals(
        new Expiry(
            List.of(),
            List.of(oldest, others),
            Map.of(
                "snap-80", Spared.WAY_BACK,
                "snap-75", Spared.WAY_BACK,
                "snap-74", Spared.ARCHIVED)),
        Expiry.of(List.of(newest, archived, before, oldest, others), needs, NOW));
  }

  /** Two cells of one account know nothing of each other's rollouts. */
  @Test
  void whatAnotherCellMade_isNotTouched() {
    Kept old = snapshot("snap-1", "key-1", "i-1", 90);
    Expiry.Needs others = new Expiry.Needs(Set.of("kestrel"), Set.of(), Map.of(), false);
    assertEquals(
        new Expiry(List.of(), List.of(), Map.of("snap-1", Spared.OTHERS)),
        Expiry.of(List.of(old), others, NOW));
  }

  @Test
  void whileMachinesAreRestored_nothingGoes() {
    Kept old = snapshot("snap-1", "key-1", "i-1", 90);
    assertEquals(
        new Expiry(List.of(), List.of(), Map.of("snap-1", Spared.RESTORES)),
        Expiry.of(List.of(old), needs(Set.of(), Map.of(), true), NOW));
  }

  private static List<Kept> attached() {
    return List.of(
        kept(Kind.VOLUME, "vol-1", "vol-1", "i-1", 90, PAST, State.ATTACHED),
        kept(Kind.VOLUME, "vol-2", "vol-2", "i-1", 1, NOW.plus(DAYS), State.ATTACHED),
        kept(Kind.VOLUME, "vol-3", "vol-3", "i-1", 1, null, State.ATTACHED));
  }

  /** Its machine may be detached from it at any time, and its day is long gone then. */
  @Test
  void whatIsAttachedAgain_isInUse_whateverItsDay() {
    Kept due = kept(Kind.VOLUME, "vol-4", "vol-4", "i-1", 90, PAST, State.AT_HAND);
    Kept later = kept(Kind.VOLUME, "vol-5", "vol-5", "i-1", 1, NOW.plus(DAYS), State.AT_HAND);
    List<Kept> all = new ArrayList<>(List.of(later, due));
    all.addAll(attached().reversed());
    assertEquals(new Expiry(attached(), List.of(due), Map.of()), Expiry.of(all, NOBODY, NOW));
  }

  /** An exchange attaches and detaches; and another cell's volumes are its own affair. */
  @Test
  void whatIsAttachedDuringARestoreOrToAnothersMachine_keepsItsDay() {
    assertEquals(
        new Expiry(List.of(), List.of(), Map.of("vol-1", Spared.RESTORES, "vol-3", Spared.NO_DAY)),
        Expiry.of(attached(), needs(Set.of(), Map.of(), true), NOW));
    assertEquals(
        new Expiry(List.of(), List.of(), Map.of("vol-1", Spared.OTHERS, "vol-3", Spared.OTHERS)),
        Expiry.of(attached(), new Expiry.Needs(Set.of("kestrel"), Set.of(), Map.of(), false), NOW));
  }

  /** A hundred that AWS refuses to remove must not keep the others from their turn. */
  @Test
  void everythingHasItsTurn() {
    List<Kept> many = new ArrayList<>();
    for (int i = 0; i < 47; i++) {
      many.add(snapshot("snap-" + (100 + i), "key-" + i, "i-1", 90));
    }
    Expiry expiry = Expiry.of(many, NOBODY, NOW);
    Duration every = Duration.ofHours(1);
    Set<String> had = new TreeSet<>();
    for (int run = 0; run < 5; run++) {
      List<Kept> turn = Expiry.turn(expiry.may(), 10, every, NOW.plus(every.multipliedBy(run)));
      assertEquals(10, turn.size());
      turn.forEach(one -> had.add(one.id()));
    }
    assertEquals(47, had.size());
    assertEquals(many, Expiry.turn(expiry.may(), 47, every, NOW));
  }
}
