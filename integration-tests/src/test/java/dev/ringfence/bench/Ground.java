package dev.ringfence.bench;

import dev.ringfence.engine.Beat;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabAlarms;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A lab that is ready for its first release: policy, alarm and version are there. */
final class Ground {
  /** Any number does; it only must stay the same, so that counts can be compared. */
  static final long SEED = 20_240_719;

  static final String PRODUCT = "falcon";
  static final String VERSION = "7.16.0";
  static final String ALARM = "machines-failing";

  /** Three machines that fail at once are more than a bad host. */
  private static final int FAILING = 3;

  /** A new alarm has no data at first; after this it has seen enough to say OK. */
  private static final Duration SETTLE = Duration.ofMinutes(10);

  private Ground() {}

  /** The default content policy with the alarm, and hybrid nodes, which have no disk to restore. */
  static ChannelPolicy content() {
    return ChannelPolicy.defaults(Channel.CONTENT)
        .with(Proof.ALARMS, List.of(ALARM))
        .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.HYBRID_NODE));
  }

  /** Opens the lab without throttles: they would measure the quota and not the caller. */
  static Lab open(int machines, Consumer<Beat> listener) throws IOException {
    Lab lab = Lab.open(FleetSpec.of(machines, SEED), listener);
    lab.cloud().throttles().switchOff();
    LabAlarms.machinesFailing(lab.onlooker().cloudWatch(), ALARM, PRODUCT, FAILING);
    LabPolicies.register(
        lab.look(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, content()));
    lab.cloud().catalog().publish(PRODUCT, VERSION, new Behaviour.Healthy());
    lab.clock().runUntil(lab.clock().instant().plus(SETTLE));
    return lab;
  }

  /** The signed event of the release, published now. */
  static String event(Lab lab) {
    return ReleaseEvents.published(lab.cloud(), PRODUCT, VERSION, Channel.CONTENT, lab.clock());
  }

  /** Publishes past the lab's case file; the roll-out's id. */
  static String publish(Lab lab, String event) {
    return switch (lab.plane().publish(event)) {
      case ReleaseIntake.Answer.Started started -> started.id();
      case ReleaseIntake.Answer.Refused refused ->
          throw new IllegalStateException("the release was refused: " + refused.problems());
    };
  }
}
