package dev.ringfence.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.engine.ExpirySweep.Swept;
import dev.ringfence.engine.Spared;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.operation.JournalEntry;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * An old volume that was attached again loses its day while it is attached, so that it is still
 * there when somebody detaches it long after that day.
 */
class InUseAgainTest extends Yard {
  private static final Duration KEPT = Duration.ofDays(14);

  /** Two lists, and a day that is taken off. */
  private static final int CALLS = 3;

  private int devices;

  private String attached(Map<String, String> tags) {
    String id = volume(tags);
    pass(Duration.ofMinutes(10));
    attach(id);
    return id;
  }

  private void attach(String id) {
    String machine = cloud.fleet().instances().getFirst().id();
    String device = "/dev/sd" + (char) ('g' + devices++);
    ec2.attachVolume(to -> to.volumeId(id).instanceId(machine).device(device));
  }

  private Map<String, String> tagsOf(String id) {
    Map<String, String> tags = new TreeMap<>();
    ec2.describeVolumes(one -> one.volumeIds(id))
        .volumes()
        .getFirst()
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static Map<String, String> withoutDay(Map<String, String> tags) {
    Map<String, String> left = new TreeMap<>(tags);
    left.remove(Tags.EXPIRES);
    return left;
  }

  private static Swept inUse(List<String> ids) {
    return new Swept(List.of(), ids, Map.of(), Map.of(), 0);
  }

  @Test
  void oldRootThatAPersonAttachedAgain_isStillThereAfterItsDay() {
    Map<String, String> tags = until(clock.instant().plus(KEPT).toString());
    String old = attached(tags);
    assertEquals(inUse(List.of(old)), sweep().run());
    assertEquals(withoutDay(tags), tagsOf(old), "only the day goes");
    Instant swept = clock.instant();
    ec2.detachVolume(from -> from.volumeId(old));
    pass(KEPT.plus(Duration.ofDays(1)));
    assertEquals(inUse(List.of()), sweep().run());
    assertTrue(standing().contains(old));
    assertEquals(
        List.of(new JournalEntry(swept, "expiry", "took the day off 1 that are in use again", old)),
        store.journal(ExpirySweep.JOURNAL));
  }

  @Test
  void whateverItsDay_whatIsInUseLosesIt() {
    String due = attached(until(PAST));
    String never = attached(until("next spring"));
    String empty = attached(until(""));
    assertEquals(Set.of(due, never, empty), Set.copyOf(sweep().run().inUse()));
    for (String id : List.of(due, never, empty)) {
      assertEquals(withoutDay(until(PAST)), tagsOf(id));
    }
  }

  @Test
  void whatIsAnothersOrSomebodyElses_keepsItsDay() {
    String others = attached(until(PAST, "kestrel 2.0.0"));
    String strange = attached(Map.of(Tags.EXPIRES, PAST));
    assertEquals(
        new Swept(List.of(), List.of(), Map.of(others, Spared.OTHERS), Map.of(), 0), sweep().run());
    assertEquals(PAST, tagsOf(others).get(Tags.EXPIRES));
    assertEquals(PAST, tagsOf(strange).get(Tags.EXPIRES));
  }

  @Test
  void deathAtWhateverCall_theNextRunTakesTheDayOff() {
    int deaths = 0;
    for (int at = 0; at < CALLS; at++) {
      for (boolean after : new boolean[] {false, true}) {
        String old = attached(until(AHEAD));
        deaths += dies(at, after) ? 1 : 0;
        sweep().run();
        assertEquals(withoutDay(until(AHEAD)), tagsOf(old), (after ? "after " : "before ") + at);
      }
    }
    assertEquals(2 * CALLS, deaths, "before and after each call");
  }

  @Test
  void lostAnswer_isFoundOutByTheNextRun() {
    String old = attached(until(AHEAD));
    Swept swept =
        sweep(
                new WireTap() {
                  @Override
                  public void after(WireCall call) throws InterruptedIOException {
                    if (call.name().equals("ec2.DeleteTags")) {
                      throw new InterruptedIOException("the answer was lost");
                    }
                  }
                })
            .run();
    assertEquals(new Swept(List.of(), List.of(), Map.of(), Map.of(), 1), swept);
    assertEquals(withoutDay(until(AHEAD)), tagsOf(old));
    assertEquals(inUse(List.of()), sweep().run());
  }

  private Swept failing(String call, AwsFault fault) {
    return sweep(
            new WireTap() {
              @Override
              public void before(WireCall made) {
                if (made.name().equals(call)) {
                  throw fault;
                }
              }
            })
        .run();
  }

  @Test
  void throttle_putsItOffAndHoldsNothingElseUp() {
    String gone = volume(until(PAST));
    String old = attached(until(PAST));
    assertEquals(
        new Swept(List.of(gone), List.of(), Map.of(), Map.of(), 1),
        failing(
            "ec2.DeleteTags",
            new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.")));
    assertEquals(inUse(List.of(old)), sweep().run());
  }

  @Test
  void refusal_isToldAndStuck() {
    String old = attached(until(AHEAD));
    Swept swept =
        failing(
            "ec2.DeleteTags",
            new AwsFault("UnauthorizedOperation", 403, "You are not authorized."));
    assertEquals(
        new Swept(List.of(), List.of(), Map.of(), Map.of(old, "UnauthorizedOperation"), 0), swept);
    assertEquals(1, swept.stuck());
    assertEquals(until(AHEAD), tagsOf(old));
  }

  /** A restore that begins after the look may exchange the volume and write a day of its own. */
  @Test
  void dayThatWasWrittenSinceTheLook_stays() {
    String old = attached(until(PAST));
    sweep(
            new WireTap() {
              @Override
              public void before(WireCall call) {
                if (call.name().equals("ec2.DeleteTags")) {
                  Tag next = Tag.builder().key(Tags.EXPIRES).value(AHEAD).build();
                  ec2.createTags(tag -> tag.resources(old).tags(next));
                }
              }
            })
        .run();
    assertEquals(until(AHEAD), tagsOf(old));
  }

  @Test
  void volumeThatIsAttachedBetweenLookAndRemoval_staysAndIsInUse() {
    String old = volume(until(PAST));
    pass(Duration.ofMinutes(10));
    Swept swept =
        sweep(
                new WireTap() {
                  @Override
                  public void before(WireCall call) {
                    if (call.name().equals("ec2.DeleteVolume")) {
                      attach(old);
                    }
                  }
                })
            .run();
    assertEquals(new Swept(List.of(), List.of(), Map.of(), Map.of(old, "VolumeInUse"), 0), swept);
    assertTrue(standing().contains(old));
    assertEquals(inUse(List.of(old)), sweep().run());
  }

  @Test
  void manyOfThem_loseTheirDaysInRunsOfABoundedSize() {
    int many = 120;
    List<String> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      all.add(volume(until(AHEAD)));
    }
    pass(Duration.ofMinutes(10));
    all.forEach(this::attach);
    Set<String> done = new TreeSet<>();
    for (int run = 0; run < 3; run++) {
      List<String> inUse = sweep().run().inUse();
      assertTrue(inUse.size() <= 50, inUse.size() + " in one run");
      done.addAll(inUse);
      pass(Duration.ofHours(1));
    }
    assertEquals(Set.copyOf(all), done);
  }
}
