package dev.ringfence.functions.aws;

import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Does what is done to one machine from outside. Where EC2 refuses to do a thing again that is done
 * already, the refusal is answered with a look: what is as it should be is done.
 */
final class MachineHands {
  private final Ec2Client ec2;
  private final AutoScalingClient autoScaling;
  private final RigReader rigs;
  private final VolumeReader volumes;
  private final EvidenceKeeper evidence;
  private final Pacer pacer;
  private final InstantSource clock;

  MachineHands(
      AwsClients aws, RigReader rigs, VolumeReader volumes, Pacer pacer, InstantSource clock) {
    this.ec2 = aws.ec2();
    this.autoScaling = aws.autoScaling();
    this.rigs = rigs;
    this.volumes = volumes;
    this.evidence = new EvidenceKeeper(aws, pacer);
    this.pacer = pacer;
    this.clock = clock;
  }

  Outcome perform(MachineEffect effect, boolean lookFirst) {
    try {
      return switch (effect) {
        case MachineEffect.StopMachine stop -> stop(stop);
        case MachineEffect.StartMachine start -> start(start);
        case MachineEffect.CreateVolume create -> create(create, lookFirst);
        case MachineEffect.DetachVolume detach -> detach(detach);
        case MachineEffect.AttachVolume attach -> attach(attach);
        case MachineEffect.SetDeleteOnTermination set -> deleteOnTermination(set);
        case MachineEffect.EnterStandby enter -> enter(enter);
        case MachineEffect.ExitStandby exit -> exit(exit);
        case MachineEffect.CaptureEvidence capture -> done(effect, evidence.keep(capture));
        case MachineEffect.TagVolume tag -> tag(tag);
      };
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  private Outcome stop(MachineEffect.StopMachine effect) {
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    ec2.stopInstances(stop -> stop.instanceIds(effect.machine()).skipOsShutdown(true));
    return done(effect, "");
  }

  private Outcome start(MachineEffect.StartMachine effect) {
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    ec2.startInstances(start -> start.instanceIds(effect.machine()));
    return done(effect, "");
  }

  /** A client token is good for a day or so (EC2, "Ensuring idempotency"); its tag stays. */
  private Outcome create(MachineEffect.CreateVolume effect, boolean lookFirst) {
    Optional<Volume> earlier = lookFirst ? volumes.ofKey(effect.key()) : Optional.empty();
    if (earlier.isPresent()) {
      return done(effect, earlier.get().id());
    }
    pacer.spend(Pacer.Budget.CREATE_VOLUME);
    String id =
        ec2.createVolume(volume ->
                volume
                    .snapshotId(effect.snapshot())
                    .availabilityZone(effect.zone())
                    .volumeType(effect.disk().type())
                    .size(effect.disk().gibibytes())
                    .iops(effect.disk().iops())
                    .throughput(effect.disk().throughput())
                    .encrypted(effect.disk().key() == null ? null : Boolean.TRUE)
                    .kmsKeyId(effect.disk().key())
                    .clientToken(effect.key())
                    .tagSpecifications(
                        SnapshotTaker.tags(ResourceType.VOLUME, effect.tags(), effect.key())))
            .volumeId();
    return done(effect, id);
  }

  /**
   * EC2 itself keeps the root of a machine that runs, and lets go of the data volume under a system
   * that writes to it; so whether the machine is stopped is looked at once more.
   */
  private Outcome detach(MachineEffect.DetachVolume effect) {
    String state = rigs.one(effect.machine()).state();
    if (!state.equals("stopped")) {
      return new Outcome.Refused(
          effect.key(), "MachineIsNotStopped", effect.machine() + " is " + state);
    }
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    return unlessSo(
        effect,
        () ->
            ec2.detachVolume(detach ->
                detach
                    .volumeId(effect.volume())
                    .instanceId(effect.machine())
                    .device(effect.device())),
        () -> attachments(effect.volume(), one -> one.machine().equals(effect.machine())) == 0);
  }

  private Outcome attach(MachineEffect.AttachVolume effect) {
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    return unlessSo(
        effect,
        () ->
            ec2.attachVolume(attach ->
                attach
                    .volumeId(effect.volume())
                    .instanceId(effect.machine())
                    .device(effect.device())
                    .overrideConfiguration(OneAttempt.configuration())),
        () ->
            attachments(
                    effect.volume(),
                    one ->
                        one.machine().equals(effect.machine())
                            && one.device().equals(effect.device()))
                > 0);
  }

  /** Below 0 when EC2 does not list the volume, of which then nothing is known. */
  private long attachments(String volume, Predicate<Volume.Attachment> which) {
    return volumes
        .one(volume)
        .map(seen -> seen.attachments().stream().filter(which).count())
        .orElse(-1L);
  }

  private Outcome deleteOnTermination(MachineEffect.SetDeleteOnTermination effect) {
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    ec2.modifyInstanceAttribute(
        ModifyInstanceAttributeRequest.builder()
            .instanceId(effect.machine())
            // Left out, it would become true.
            .blockDeviceMappings(
                InstanceBlockDeviceMappingSpecification.builder()
                    .deviceName(effect.device())
                    .ebs(ebs -> ebs.deleteOnTermination(effect.deleteOnTermination()))
                    .build())
            .build());
    return done(effect, "");
  }

  private Outcome enter(MachineEffect.EnterStandby effect) {
    return unlessSo(
        effect,
        () ->
            autoScaling.enterStandby(enter ->
                enter
                    .instanceIds(effect.machine())
                    .autoScalingGroupName(effect.group())
                    .shouldDecrementDesiredCapacity(!effect.replaced())),
        () -> {
          Rig.Membership now = rigs.membership(effect.machine());
          return now == null || now.lifecycle().endsWith("Standby");
        });
  }

  private Outcome exit(MachineEffect.ExitStandby effect) {
    return unlessSo(
        effect,
        () ->
            autoScaling.exitStandby(
                exit -> exit.instanceIds(effect.machine()).autoScalingGroupName(effect.group())),
        () -> {
          Rig.Membership now = rigs.membership(effect.machine());
          return now == null || !now.lifecycle().endsWith("Standby");
        });
  }

  private Outcome tag(MachineEffect.TagVolume effect) {
    pacer.spend(Pacer.Budget.CREATE_TAGS);
    ec2.createTags(create ->
        create
            .resources(effect.volume())
            .tags(
                effect.tags().entrySet().stream()
                    .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                    .toList()));
    return done(effect, "");
  }

  /** Acts; when that is refused, the world may be as it should be for all that. */
  private Outcome unlessSo(MachineEffect effect, Runnable act, BooleanSupplier isSo) {
    try {
      act.run();
      return done(effect, "");
    } catch (SdkException failure) {
      Outcome outcome = AwsErrors.settle(effect.key(), failure);
      return outcome instanceof Outcome.Refused && isSo.getAsBoolean() ? done(effect, "") : outcome;
    }
  }

  private Outcome done(MachineEffect effect, String result) {
    return new Outcome.Done(effect.key(), result, clock.instant());
  }
}
