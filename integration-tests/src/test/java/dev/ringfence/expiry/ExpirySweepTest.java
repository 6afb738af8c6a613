package dev.ringfence.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.engine.Spared;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.LockMode;

/** The sweep removes what carries a day of ours in the past, and nothing else. */
class ExpirySweepTest extends Yard {
  /** Two lists and three deletions. */
  private static final int CALLS = 5;

  /** Some that must go, among others that must stay. */
  private List<String> expired() {
    snapshot(until(AHEAD));
    volume(until(AHEAD));
    snapshot(Map.of(Tags.EXPIRES, PAST));
    volume(Map.of(Tags.EXPIRES, PAST));
    snapshot(Map.of(Tags.DRILL, "rf-1", Tags.OPERATION, "drill-1"));
    snapshot(Map.of());
    List<String> gone = List.of(snapshot(until(PAST)), snapshot(until(PAST)), volume(until(PAST)));
    pass(Duration.ofHours(6));
    return gone;
  }

  @Test
  void whatExpired_goes_andEverythingElseStays() {
    List<String> gone = expired();
    Set<String> left = standing();
    left.removeAll(gone);
    ExpirySweep.Swept swept = sweep().run();
    assertEquals(new TreeSet<>(gone), new TreeSet<>(swept.removed()));
    assertEquals(
        new ExpirySweep.Swept(swept.removed(), List.of(), Map.of(), Map.of(), 0),
        swept,
        "nothing is stuck");
    pass(Duration.ofMinutes(10));
    assertEquals(left, standing());
    assertEquals(
        new ExpirySweep.Swept(List.of(), List.of(), Map.of(), Map.of(), 0),
        sweep().run(),
        "done once");
    assertEquals(1, store.journal(ExpirySweep.JOURNAL).size());
  }

  @Test
  void whatCannotBeRemoved_isToldAndStays() {
    String locked = snapshot(until(PAST));
    String archived = snapshot(until(PAST));
    String others = snapshot(until(PAST, "kestrel 2.0.0"));
    pass(Duration.ofHours(6));
    ec2.lockSnapshot(
        lock -> lock.snapshotId(locked).lockMode(LockMode.GOVERNANCE).lockDuration(30));
    cloud.faults().restore().archive(archived);
    Set<String> before = standing();
    ExpirySweep.Swept swept = sweep().run();
    assertEquals(
        new ExpirySweep.Swept(
            List.of(),
            List.of(),
            Map.of(archived, Spared.ARCHIVED, others, Spared.OTHERS),
            Map.of(locked, "OperationNotPermitted"),
            0),
        swept);
    assertEquals(2, swept.stuck());
    assertEquals(before, standing());
  }

  @Test
  void deathAtWhateverCall_theNextRunEndsWhatItBegan() {
    int deaths = 0;
    for (int at = 0; at < CALLS; at++) {
      for (boolean after : new boolean[] {false, true}) {
        List<String> gone = expired();
        Set<String> left = standing();
        left.removeAll(gone);
        deaths += dies(at, after) ? 1 : 0;
        sweep().run();
        pass(Duration.ofMinutes(10));
        assertEquals(left, standing(), (after ? "after " : "before ") + at);
      }
    }
    assertEquals(2 * CALLS, deaths, "before and after each call");
  }

  @Test
  void throttle_putsTheRestOff() {
    List<String> gone = expired();
    WireTap throttled =
        new WireTap() {
          @Override
          public void before(WireCall call) {
            if (call.name().startsWith("ec2.Delete")) {
              throw new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.");
            }
          }
        };
    assertEquals(
        new ExpirySweep.Swept(List.of(), List.of(), Map.of(), Map.of(), gone.size()),
        sweep(throttled).run());
    assertEquals(gone.size(), sweep().run().removed().size());
  }

  @Test
  void lostAnswer_isFoundOutByTheNextRun() {
    List<String> gone = expired();
    WireTap mute =
        new WireTap() {
          @Override
          public void after(WireCall call) throws InterruptedIOException {
            if (call.name().startsWith("ec2.Delete")) {
              throw new InterruptedIOException("the answer was lost");
            }
          }
        };
    // The SDK's own second try of the first deletion finds nothing any more.
    sweep(mute).run();
    sweep().run();
    pass(Duration.ofMinutes(10));
    assertTrue(standing().stream().noneMatch(gone::contains));
  }

  @Test
  void listThatCannotBeRead_removesNothing() {
    expired();
    Set<String> before = standing();
    WireTap blind =
        new WireTap() {
          @Override
          public void before(WireCall call) {
            if (call.name().equals("ec2.DescribeVolumes")) {
              throw new AwsFault("UnauthorizedOperation", 403, "You are not authorized.");
            }
          }
        };
    try {
      sweep(blind).run();
      throw new AssertionError("a sweep that could not look went on");
    } catch (software.amazon.awssdk.core.exception.SdkException expected) {
      assertEquals(before, standing());
    }
  }

  @Test
  void aLargeHeap_goesInRunsOfABoundedSize() {
    int many = 450;
    for (int i = 0; i < many; i++) {
      volume(until(PAST));
    }
    pass(Duration.ofMinutes(10));
    int removed = 0;
    Instant end = clock.instant().plus(Duration.ofDays(1));
    int runs = 0;
    while (removed < many && clock.instant().isBefore(end)) {
      ExpirySweep.Swept swept = sweep().run();
      assertTrue(swept.removed().size() <= 200, swept.removed().size() + " in one run");
      removed += swept.removed().size();
      runs++;
      pass(Duration.ofHours(1));
    }
    assertEquals(many, removed, runs + " runs");
  }
}
