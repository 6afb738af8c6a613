package dev.ringfence.functions.aws;

import dev.ringfence.engine.World;
import dev.ringfence.health.AlarmSight;
import dev.ringfence.operation.DrillEffect;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.QuietEffect;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.SightBuilder;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * EC2, Systems Manager and CloudWatch as one world. Lanes, restores and pointers live in the store,
 * so the engine keeps them to itself: a sight from here has no lane.
 */
public final class AwsWorld implements World {
  private static final Logger LOG = LoggerFactory.getLogger(AwsWorld.class);

  private final InstantSource clock;
  private final FleetReader fleet;
  private final VitalsReader vitals;
  private final CommandReader commands;
  private final CommandSender sender;
  private final AlarmReader alarms;
  private final CalendarReader calendars;
  private final SnapshotReader snapshots;
  private final SnapshotTaker taker;
  private final SnapshotMarker marker;
  private final Quieter quieter;
  private final RootReplacer roots;
  private final RigReader rigs;
  private final ObstacleReader obstacles;
  private final BlueprintReader blueprints;
  private final VolumeReader volumes;
  private final MachineHands hands;
  private final CloneLauncher clones;
  private final CloneRemover remover;

  /** At the request rates that AWS publishes. */
  public AwsWorld(AwsClients aws, InstantSource clock) {
    this(aws, clock, Pacer.published(clock));
  }

  public AwsWorld(AwsClients aws, InstantSource clock, Pacer pacer) {
    this.clock = clock;
    Ec2Client ec2 = aws.ec2();
    SsmClient ssm = aws.ssm();
    AgentReader agents = new AgentReader(ssm);
    this.rigs = new RigReader(ec2, aws.autoScaling(), pacer);
    this.obstacles = new ObstacleReader(ec2, rigs, pacer, clock);
    this.fleet = new FleetReader(ec2, ssm, agents, obstacles, pacer);
    this.vitals = new VitalsReader(ec2, agents, pacer);
    this.commands = new CommandReader(ssm);
    this.sender = new CommandSender(ssm, clock);
    this.alarms = new AlarmReader(aws.cloudWatch(), pacer);
    this.calendars = new CalendarReader(ssm);
    this.snapshots = new SnapshotReader(ec2, pacer);
    this.blueprints = new BlueprintReader(snapshots);
    this.roots = new RootReplacer(ec2, pacer, clock);
    this.volumes = new VolumeReader(ec2, pacer);
    this.taker = new SnapshotTaker(ec2, snapshots, rigs, volumes, pacer, clock);
    this.marker = new SnapshotMarker(ec2, snapshots, pacer, clock);
    this.quieter = new Quieter(sender, rigs, volumes, pacer);
    this.clones = new CloneLauncher(ec2, pacer, clock);
    this.remover = new CloneRemover(ec2, pacer, clock);
    this.hands = new MachineHands(aws, rigs, volumes, pacer, clock);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The sight bears the time before the first call, so nothing in it is older than it says. The
   * alarms are read last: of all that is seen they should be the freshest.
   */
  @Override
  public Sight observe(Watch watch) {
    Instant now = clock.instant();
    List<String> gaps = new ArrayList<>();
    SightBuilder sight = Sight.look(now);
    if (watch.fleet() != null) {
      sight.fleet(fleet.read(watch.fleet(), now, gaps));
    }
    sight.vitals(vitals.read(watch.machines(), now, gaps));
    sight.invocations(commands.read(watch.commands(), gaps));
    sight.snapshots(snapshots.states(watch.snapshots(), gaps));
    Batches.Found<RestorePoint> points =
        snapshots.newest(watch.points(), watch.pointsSince(), gaps);
    sight.points(points.found(), points.complete());
    sight.past(snapshots.past(watch.past(), gaps).found());
    sight.replacements(roots.read(watch.replacements(), now, gaps));
    sight.rigs(rigs.read(watch.rigs(), gaps));
    sight.volumes(volumes.read(watch.volumes(), gaps));
    sight.blueprints(blueprints.read(watch.blueprints(), gaps));
    sight.obstacles(obstacles.read(watch.obstacles(), watch.stops(), watch.stopsAge(), gaps));
    sight.calendarOpen(calendars.open(watch.calendars(), gaps));
    Batches.Found<AlarmSight> levels = alarms.read(watch.alarms(), gaps);
    sight.alarms(levels.found(), levels.complete());
    gaps.forEach(gap -> LOG.warn("could not read {}", gap));
    return sight.gaps(gaps).seen();
  }

  @Override
  public Outcome perform(Effect effect, boolean lookFirst) {
    Outcome outcome =
        switch (effect) {
          case Effect.SendCommand send -> sender.send(send, lookFirst);
          case Effect.FindCommand find -> sender.find(find);
          case Effect.CancelCommand cancel -> sender.cancel(cancel);
          case Effect.TakeSnapshots take -> taker.take(take, lookFirst);
          case Effect.ReplaceRoot replace -> roots.replace(replace);
          case QuietEffect.Freeze freeze -> quieter.freeze(freeze, lookFirst);
          case QuietEffect.Thaw thaw -> quieter.thaw(thaw, lookFirst);
          case QuietEffect.TakeShadows shadows -> quieter.shadows(shadows, lookFirst);
          case QuietEffect.FindShadows find -> marker.find(find);
          case QuietEffect.MarkSnapshots mark -> marker.mark(mark);
          case MachineEffect machine -> hands.perform(machine, lookFirst);
          case DrillEffect.LaunchClone launch -> clones.launch(launch, lookFirst);
          case DrillEffect.RemoveClone remove -> remover.remove(remove);
          case DrillEffect.KeepProof proof -> throw notOurs(proof);
          case Effect.StartRestore restore -> throw notOurs(restore);
          case Effect.WritePointers pointers -> throw notOurs(pointers);
        };
    log(outcome);
    return outcome;
  }

  private static IllegalStateException notOurs(Effect effect) {
    return new IllegalStateException(
        "AWS received "
            + effect.getClass().getSimpleName()
            + " "
            + effect.key()
            + ", which only the store can perform");
  }

  /** The refusal's message may quote a parameter, so only its code is logged. */
  private static void log(Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> LOG.info("{} done: {}", done.key(), done.result());
      case Outcome.Refused refused -> LOG.warn("{} refused: {}", refused.key(), refused.code());
      case Outcome.Unsettled open -> LOG.warn("{} unsettled: {}", open.key(), open.message());
    }
  }
}
