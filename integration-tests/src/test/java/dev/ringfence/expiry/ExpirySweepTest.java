package dev.ringfence.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.engine.Spared;
import dev.ringfence.functions.aws.AwsAttic;
import dev.ringfence.functions.aws.Pacer;
import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.PassingTime;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.release.Version;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LockMode;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The sweep removes what carries a day of ours in the past, and nothing else. */
class ExpirySweepTest {
  private static final String PAST = "2020-01-01T00:00:00Z";
  private static final String AHEAD = "2100-01-01T00:00:00Z";

  /** EC2 takes one snapshot of a volume every 15 seconds. */
  private static final Duration BETWEEN = Duration.ofSeconds(20);

  /** Two lists and three deletions. */
  private static final int CALLS = 5;

  private final VirtualClock clock;
  private final SimulatedCloud cloud;
  private final Services services = new Services();
  private final Ec2Client ec2;
  private final MemoryStore store =
      new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));

  /** More than one snapshot of a disk takes its time. */
  private final List<String> roots;

  private int snapshots;
  private final String zone;

  ExpirySweepTest() {
    FleetSpec spec = FleetSpec.of(4, 7).running("falcon", "1.0.0").withHybridShare(0);
    clock = new VirtualClock(spec.start());
    cloud = new SimulatedCloud(spec, clock, services);
    ec2 = LabClients.over(new Wire(services)).ec2();
    store.putPolicy("falcon", "{}");
    roots =
        cloud.fleet().instances().stream()
            .map(one -> Objects.requireNonNull(one.root()).id())
            .toList();
    zone =
        ec2.describeVolumes(one -> one.volumeIds(roots.getFirst()))
            .volumes()
            .getFirst()
            .availabilityZone();
  }

  private ExpirySweep sweep(WireTap tap) {
    Ec2Client tapped = LabClients.over(new Wire(services).tap(tap)).ec2();
    Pacer pacer = Pacer.published(new PassingTime(clock));
    return new ExpirySweep(store, new AwsAttic(tapped, pacer), clock);
  }

  private ExpirySweep sweep() {
    return sweep(new WireTap() {});
  }

  private void pass(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  private static TagSpecification tags(ResourceType type, Map<String, String> tags) {
    List<Tag> all = new ArrayList<>();
    tags.forEach((key, value) -> all.add(Tag.builder().key(key).value(value).build()));
    return TagSpecification.builder().resourceType(type).tags(all).build();
  }

  private static Map<String, String> until(String day) {
    return until(day, "falcon 1.0.1");
  }

  private static Map<String, String> until(String day, String release) {
    return Map.of(
        Tags.EXPIRES,
        day,
        Tags.OPERATION,
        "a-rollout",
        Tags.RELEASE,
        release,
        Tags.MACHINE,
        "i-gone");
  }

  private String snapshot(Map<String, String> with) {
    pass(BETWEEN);
    String disk = roots.get(snapshots++ % roots.size());
    return ec2.createSnapshot(
            one -> one.volumeId(disk).tagSpecifications(tags(ResourceType.SNAPSHOT, with)))
        .snapshotId();
  }

  private String volume(Map<String, String> with) {
    return ec2.createVolume(one ->
            one.availabilityZone(zone).size(8).tagSpecifications(tags(ResourceType.VOLUME, with)))
        .volumeId();
  }

  private Set<String> standing() {
    Set<String> all = new TreeSet<>();
    ec2.describeVolumesPaginator().volumes().forEach(one -> all.add(one.volumeId()));
    ec2.describeSnapshotsPaginator(own -> own.ownerIds("self"))
        .snapshots()
        .forEach(one -> all.add(one.snapshotId()));
    return all;
  }

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
        new ExpirySweep.Swept(swept.removed(), Map.of(), Map.of(), 0), swept, "nothing is stuck");
    pass(Duration.ofMinutes(10));
    assertEquals(left, standing());
    assertEquals(
        new ExpirySweep.Swept(List.of(), Map.of(), Map.of(), 0), sweep().run(), "done once");
    assertEquals(1, store.journal(ExpirySweep.JOURNAL).size());
  }

  @Test
  void whatCannotBeRemoved_isToldAndStays() {
    String locked = snapshot(until(PAST));
    String archived = snapshot(until(PAST));
    String others = snapshot(until(PAST, "kestrel 2.0.0"));
    String attached = volume(until(PAST));
    pass(Duration.ofHours(6));
    ec2.lockSnapshot(
        lock -> lock.snapshotId(locked).lockMode(LockMode.GOVERNANCE).lockDuration(30));
    cloud.faults().restore().archive(archived);
    String machine = cloud.fleet().instances().getFirst().id();
    ec2.attachVolume(to -> to.volumeId(attached).instanceId(machine).device("/dev/sdz"));
    Set<String> before = standing();
    ExpirySweep.Swept swept = sweep().run();
    assertEquals(
        new ExpirySweep.Swept(
            List.of(),
            Map.of(archived, Spared.ARCHIVED, attached, Spared.ATTACHED, others, Spared.OTHERS),
            Map.of(locked, "OperationNotPermitted"),
            0),
        swept);
    assertEquals(3, swept.stuck());
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

  private boolean dies(int at, boolean after) {
    int[] calls = {0};
    WireTap death =
        new WireTap() {
          @Override
          public void before(WireCall call) {
            if (calls[0]++ == at && !after) {
              throw new FunctionKilled("before " + call.name());
            }
          }

          @Override
          public void after(WireCall call) {
            if (calls[0] - 1 == at && after) {
              throw new FunctionKilled("after " + call.name());
            }
          }
        };
    try {
      sweep(death).run();
      return false;
    } catch (FunctionKilled died) {
      return true;
    }
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
        new ExpirySweep.Swept(List.of(), Map.of(), Map.of(), gone.size()), sweep(throttled).run());
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
