package dev.ringfence.drills;

import dev.ringfence.contract.Tags;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.drill.Probing;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.World;
import dev.ringfence.functions.aws.AwsClients;
import dev.ringfence.functions.aws.AwsWorld;
import dev.ringfence.functions.aws.Pacer;
import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.PassingTime;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.operation.DrillProof;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.Drills;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The drill of one machine of a small fleet, by functions that may die. */
final class Rehearsed {
  private static final String PRODUCT = "falcon";
  private static final String NEXT = "1.0.1";
  private static final String PROFILE = "clones";
  private static final String ID = "drill-falcon-1";
  static final String FIRST_SUBNET = Networks.sealedSubnet(Account.ZONES.getFirst());
  private static final int MACHINES = 4;
  private static final long SEED = 7;

  /** About what the clock waits before it calls a function again that died. */
  private static final Duration RETRY = Duration.ofSeconds(20);

  /** A drill is over before the next run of the schedule. */
  private static final Duration RUN = Duration.ofHours(6);

  private final VirtualClock clock;
  private final SimulatedCloud cloud;
  private final MemoryStore store =
      new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));
  private final World world;
  private final Ec2Client onlooker;
  private final Runnable begin;
  private final List<String> before;

  Rehearsed(Mishap mishap, Case how) {
    this(mishap, mishap::begin, how);
  }

  /**
   * @param mishap what sits on the wire of the functions
   * @param begin called when the drill begins
   */
  Rehearsed(WireTap mishap, Runnable begin, Case how) {
    this.begin = begin;
    FleetSpec spec =
        FleetSpec.of(MACHINES, SEED).running(PRODUCT, "1.0.0").withHybridShare(0).withSpotShare(0);
    clock = new VirtualClock(spec.start());
    Services services = new Services();
    cloud = new SimulatedCloud(spec, clock, services);
    onlooker = LabClients.over(new Wire(services)).ec2();
    AwsClients aws = LabClients.over(new Wire(services).tap(mishap)).world();
    world = new AwsWorld(how.late() ? late(aws) : aws, clock, pacer());
    if (how.torn()) {
      cloud.faults().restore().snapshotsDoNotBoot(Stratum.EVERYWHERE);
    }
    run(Duration.ofMinutes(10));
    Machine machine = cloud.fleet().instances().getFirst();
    if (how.torn() || how.asked() != null) {
      takePoint(machine, Objects.requireNonNullElse(how.asked(), "who knows"));
    }
    before = standing();
    DrillOrder order =
        new DrillOrder(
            ID,
            PRODUCT,
            Map.of(FleetSpec.PRODUCT_TAG, List.of(PRODUCT)),
            how.rules(),
            new DrillOrder.Scope.Machines(List.of(machine.id())),
            how.asked() == null ? null : probing(),
            "a test");
    new DrillIntake(store, (kind, id) -> {}, clock).begin(order);
  }

  /**
   * @param torn whether snapshots hold disks that do not boot
   * @param late whether lists do not know yet what was made a moment ago
   * @param otherSubnets where else clones may be launched
   * @param asked what the restore point's tag says that it holds, when clones are asked what they
   *     run; null when they are not
   */
  record Case(boolean torn, boolean late, List<String> otherSubnets, @Nullable String asked) {
    static final Case WELL = new Case(false, false, List.of(), null);

    Drills rules() {
      String zone = Account.ZONES.getFirst();
      return asked == null
          ? rules(FIRST_SUBNET, Networks.SEALED_GROUP, null)
          : rules(Networks.endpointSubnet(zone), Networks.ENDPOINTS_GROUP, PROFILE);
    }

    private Drills rules(String subnet, String group, @Nullable String profile) {
      Drills rules = Drills.in(subnet, group);
      return new Drills(
          subnet,
          otherSubnets,
          group,
          rules.period(),
          rules.atOnce(),
          rules.perRun(),
          rules.bootWithin(),
          profile);
    }
  }

  /** A restore point as a rollout takes them, with a tag that says what it holds. */
  private void takePoint(Machine machine, String holds) {
    onlooker.createSnapshots(set ->
        set.instanceSpecification(one -> one.instanceId(machine.id()))
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.SNAPSHOT)
                    .tags(Tag.builder().key(Tags.HOLDS).value(holds).build())
                    .build()));
    run(Duration.ofHours(2));
  }

  private Probing probing() {
    return Probing.by(ReleaseEvents.release(cloud, PRODUCT, NEXT, Channel.CAPABILITY));
  }

  private Pacer pacer() {
    return Pacer.published(new PassingTime(clock));
  }

  private AwsClients late(AwsClients aws) {
    return new AwsClients(
        LateLists.of(aws.ec2(), clock),
        aws.ssm(),
        aws.cloudWatch(),
        aws.autoScaling(),
        aws.s3(),
        aws.evidence());
  }

  private void run(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  /** Beats until the drill is over, each time one dies with a new function. */
  Rehearsed end() {
    begin.run();
    Instant next = clock.instant().plus(RUN);
    while (!drill().head().isFinal() && clock.instant().isBefore(next)) {
      try {
        Beat beat = new Engine(store, world, (kind, id) -> {}, clock).beat(DrillCourse.FORM, ID);
        Instant soon = clock.instant().plusSeconds(1);
        clock.runUntil(beat.next().isAfter(soon) ? beat.next() : soon);
      } catch (FunctionKilled died) {
        run(RETRY);
      }
    }
    run(Duration.ofMinutes(10));
    return this;
  }

  Operation<dev.ringfence.drill.Drill, dev.ringfence.drill.Bay> drill() {
    return store.load(DrillCourse.FORM, ID).orElseThrow();
  }

  Rehearsal rehearsal() {
    return drill().parts().getFirst().rehearsals().getFirst();
  }

  DrillProof proof() {
    return store.proofs().ofMachine(rehearsal().machine());
  }

  /** What drills made and is still there, and what nobody knows whose it is. */
  List<String> leftovers() {
    List<String> left = new java.util.ArrayList<>(cloud.truth().leftovers().tagged(Tags.DRILL));
    left.addAll(cloud.truth().leftovers().loose());
    return left;
  }

  int launched() {
    return cloud.truth().leftovers().launched().size();
  }

  /** What of the account's own is not as it was before; the drill's own snapshot is none of it. */
  List<String> harmed() {
    List<String> harmed = new java.util.ArrayList<>(before);
    harmed.removeAll(standing());
    return harmed;
  }

  /** Machines with their roots, volumes and snapshots, as an onlooker lists them. */
  private List<String> standing() {
    TreeSet<String> all = new TreeSet<>();
    onlooker
        .describeInstancesPaginator()
        .reservations()
        .forEach(reservation ->
            reservation
                .instances()
                .forEach(one ->
                    all.add(
                        one.instanceId()
                            + " "
                            + one.state().nameAsString()
                            + " "
                            + one.launchTime()
                            + " "
                            + one.blockDeviceMappings().stream()
                                .map(device -> device.ebs().volumeId())
                                .toList())));
    onlooker.describeVolumesPaginator().volumes().forEach(one -> all.add(one.volumeId()));
    onlooker
        .describeSnapshotsPaginator(own -> own.ownerIds("self"))
        .snapshots()
        .forEach(one -> all.add(one.snapshotId()));
    return List.copyOf(all);
  }
}
