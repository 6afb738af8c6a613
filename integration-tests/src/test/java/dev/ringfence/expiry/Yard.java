package dev.ringfence.expiry;

import dev.ringfence.contract.Tags;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.functions.aws.AwsAttic;
import dev.ringfence.functions.aws.Pacer;
import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.PassingTime;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.release.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A cloud, a store and a sweep, and things to be swept. */
abstract class Yard {
  static final String PAST = "2020-01-01T00:00:00Z";
  static final String AHEAD = "2100-01-01T00:00:00Z";

  /** EC2 takes one snapshot of a volume every 15 seconds. */
  static final Duration BETWEEN = Duration.ofSeconds(20);

  final VirtualClock clock;
  final SimulatedCloud cloud;
  private final Services services = new Services();
  final Ec2Client ec2;
  final MemoryStore store =
      new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));

  /** More than one snapshot of a disk takes its time. */
  private final List<String> roots;

  private int snapshots;
  private final String zone;

  Yard() {
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

  ExpirySweep sweep(WireTap tap) {
    Ec2Client tapped = LabClients.over(new Wire(services).tap(tap)).ec2();
    Pacer pacer = Pacer.published(new PassingTime(clock));
    return new ExpirySweep(store, new AwsAttic(tapped, pacer), clock);
  }

  ExpirySweep sweep() {
    return sweep(new WireTap() {});
  }

  void pass(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  static TagSpecification tags(ResourceType type, Map<String, String> tags) {
    List<Tag> all = new ArrayList<>();
    tags.forEach((key, value) -> all.add(Tag.builder().key(key).value(value).build()));
    return TagSpecification.builder().resourceType(type).tags(all).build();
  }

  static Map<String, String> until(String day) {
    return until(day, "falcon 1.0.1");
  }

  static Map<String, String> until(String day, String release) {
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

  String snapshot(Map<String, String> with) {
    pass(BETWEEN);
    String disk = roots.get(snapshots++ % roots.size());
    return ec2.createSnapshot(
            one -> one.volumeId(disk).tagSpecifications(tags(ResourceType.SNAPSHOT, with)))
        .snapshotId();
  }

  String volume(Map<String, String> with) {
    return ec2.createVolume(one ->
            one.availabilityZone(zone).size(8).tagSpecifications(tags(ResourceType.VOLUME, with)))
        .volumeId();
  }

  Set<String> standing() {
    Set<String> all = new TreeSet<>();
    ec2.describeVolumesPaginator().volumes().forEach(one -> all.add(one.volumeId()));
    ec2.describeSnapshotsPaginator(own -> own.ownerIds("self"))
        .snapshots()
        .forEach(one -> all.add(one.snapshotId()));
    return all;
  }

  boolean dies(int at, boolean after) {
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
}
