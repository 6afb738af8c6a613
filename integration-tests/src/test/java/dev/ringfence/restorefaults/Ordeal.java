package dev.ringfence.restorefaults;

import dev.ringfence.engine.Beat;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.World;
import dev.ringfence.functions.aws.AwsWorld;
import dev.ringfence.functions.aws.Pacer;
import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.PassingTime;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Version;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;

/** One hurt machine of a small fleet, its restore point, and the restore that is to mend it. */
final class Ordeal implements Spoiler.Scene {
  static final String PRODUCT = "falcon";
  static final String OLD = "7.15.0";
  static final String NEW = "7.15.1";
  static final String ID = "falcon-1-r1";

  /** Few, so that a run takes no time, and enough for one in a group and one of metal. */
  private static final int MACHINES = 10;

  private static final long SEED = 7;

  /** Longer than an exchange may take there and back. */
  private static final Duration BOUND = Duration.ofDays(1);

  /** About what the clock waits before it calls a function again that died. */
  private static final Duration RETRY = Duration.ofSeconds(20);

  final VirtualClock clock;
  final SimulatedCloud cloud;
  final MemoryStore store =
      new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));
  final Spoiler spoiler;
  final Machine machine;
  final LabClients onlooker;
  final RestorePoint point;

  /** The snapshots of the restore point's set, by the volume of which they are. */
  final Map<String, String> set = new HashMap<>();

  private final World world;
  private boolean touchedUnseen;

  /** A restore that nobody ordered. */
  Ordeal(
      Predicate<Machine> which,
      Spoiler spoiler,
      Consumer<Ordeal> beforeSnapshot,
      Consumer<Ordeal> before) {
    this(which, spoiler, beforeSnapshot, before, ordeal -> null);
  }

  /**
   * @param which of the fleet's machines is hurt
   * @param beforeSnapshot what is so before its newest restore point is taken; it has an older one
   * @param before what is so before the restore begins
   * @param agreed to what a person has agreed who ordered it; null when nobody did
   */
  Ordeal(
      Predicate<Machine> which,
      Spoiler spoiler,
      Consumer<Ordeal> beforeSnapshot,
      Consumer<Ordeal> before,
      Function<Ordeal, @Nullable Agreement> agreed) {
    this.spoiler = spoiler;
    FleetSpec spec =
        FleetSpec.of(MACHINES, SEED)
            .running(PRODUCT, OLD)
            .withHybridShare(0)
            .withSpotShare(0)
            .with(FleetSpec.Oddity.BARE_METAL, 1)
            .with(FleetSpec.Oddity.STOP_PROTECTED, 1)
            .with(FleetSpec.Oddity.PERSISTENT_SPOT, 1);
    clock = new VirtualClock(spec.start());
    Services services = new Services();
    cloud = new SimulatedCloud(spec, clock, services);
    onlooker = LabClients.over(new Wire(services));
    LabClients clients = LabClients.over(new Wire(services).tap(spoiler));
    world =
        spoiler.delaying(
            new AwsWorld(clients.world(), clock, Pacer.published(new PassingTime(clock))), clock);
    machine = cloud.fleet().instances().stream().filter(which).findFirst().orElseThrow();
    run(Duration.ofMinutes(10));
    beforeSnapshot.accept(this);
    point = snapshot();
    hurt();
    before.accept(this);
    run(Duration.ofMinutes(15));
    order(agreed.apply(this));
  }

  private RestorePoint snapshot() {
    String root = Objects.requireNonNull(machine.root()).id();
    List<SnapshotInfo> all =
        onlooker
            .ec2()
            .createSnapshots(set -> set.instanceSpecification(one -> one.instanceId(machine.id())))
            .snapshots();
    all.forEach(one -> set.put(one.volumeId(), one.snapshotId()));
    SnapshotInfo taken =
        all.stream().filter(one -> one.volumeId().equals(root)).findFirst().orElseThrow();
    run(Duration.ofHours(2));
    return new RestorePoint(taken.snapshotId(), taken.startTime());
  }

  /** The update: what it leaves on the disk crashes the machine for good. */
  private void hurt() {
    cloud.catalog().publish(PRODUCT, NEW, new Behaviour.BlueScreen());
    var install = ReleaseEvents.release(cloud, PRODUCT, NEW, Channel.CONTENT);
    onlooker
        .ssm()
        .sendCommand(send ->
            send.instanceIds(machine.id())
                .documentName(install.document().name())
                .parameters(install.parameters()));
    run(Duration.ofMinutes(20));
  }

  private void order(@Nullable Agreement agreed) {
    RestoreOrder order =
        new RestoreOrder(
            ID,
            "falcon-1",
            PRODUCT,
            NEW,
            agreed == null,
            agreed == null ? Consent.ALL : Consent.REPLACEMENT,
            ReleaseEvents.release(cloud, PRODUCT, NEW, Channel.CONTENT).versionProbe(),
            Duration.ofMinutes(30),
            1,
            List.of(
                new RestoreOrder.Hurt(
                    machine.id(),
                    machine.hardware().zone(),
                    point.takenAt().plusSeconds(1),
                    point,
                    OLD,
                    "silent",
                    agreed)));
    engine().restore(order, new JournalEntry(clock.instant(), "test", "hurt", ""), clock.instant());
  }

  /** Whether anything was done to the machine before what it showed was kept. */
  boolean isTouchedUnseen() {
    return touchedUnseen;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void pass(Duration time) {
    run(time);
  }

  @Override
  public void touched() {
    touchedUnseen |=
        !cloud
            .buckets()
            .keys(SimulatedCloud.EVIDENCE_BUCKET)
            .contains(ID + "/" + machine.id() + "/console.txt");
  }

  void run(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  private Engine engine() {
    return new Engine(store, world, (kind, id) -> {}, clock);
  }

  /** Beats until the restore is over, each time it dies with a new function. */
  Ordeal end() {
    spoiler.begin(this);
    Instant bound = clock.instant().plus(BOUND);
    while (!restore().head().isFinal() && clock.instant().isBefore(bound)) {
      try {
        Beat beat = engine().beat(RestoreCourse.FORM, ID);
        Instant soon = clock.instant().plusSeconds(1);
        clock.runUntil(beat.next().isAfter(soon) ? beat.next() : soon);
      } catch (FunctionKilled died) {
        run(RETRY);
      }
    }
    spoiler.end();
    run(Duration.ofMinutes(10));
    return this;
  }

  Operation<Restore, Ward> restore() {
    return store.load(RestoreCourse.FORM, ID).orElseThrow();
  }

  Patient patient() {
    return restore().parts().getFirst().patients().getFirst();
  }
}
