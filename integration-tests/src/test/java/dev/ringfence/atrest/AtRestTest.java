package dev.ringfence.atrest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Rest;
import dev.ringfence.lab.judge.CaseFile;
import dev.ringfence.lab.judge.Promises;
import dev.ringfence.lab.judge.Verdict;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Quiescence;
import dev.ringfence.policy.WayBack;
import dev.ringfence.policy.WhenInconsistent;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AtRestTest {
  private static final String PRODUCT = "falcon";
  private static final String NEXT = "1.1.0";

  private static ChannelPolicy rules() {
    return ChannelPolicy.defaults(Channel.CAPABILITY)
        .with(Pace.DEADLINE, Duration.ofHours(8))
        .with(Pace.DISPATCH, Duration.ofMinutes(10))
        .with(Pace.BAKE, Duration.ofMinutes(20))
        .with(Pace.OBSERVATION, Duration.ofHours(1))
        .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.HYBRID_NODE))
        .with(Quiescence.CONSISTENCY, Consistency.APPLICATION)
        .with(Quiescence.BEFORE_SNAPSHOT, List.of("systemctl stop checkout"))
        .with(Quiescence.AFTER_SNAPSHOT, List.of("systemctl start checkout"))
        .with(Quiescence.WHEN_INCONSISTENT, WhenInconsistent.TAKE_CRASH);
  }

  /** Each trouble on a machine of its system; all others are well. */
  private static Map<String, Rest.Trouble> troubles(Lab lab) {
    Map<Rest.Trouble, Hardware.Os> where = new EnumMap<>(Rest.Trouble.class);
    where.put(Rest.Trouble.COMMANDS_FAIL, Hardware.Os.LINUX);
    where.put(Rest.Trouble.COMMANDS_HANG, Hardware.Os.LINUX);
    where.put(Rest.Trouble.NO_SHADOWS, Hardware.Os.WINDOWS);
    where.put(Rest.Trouble.NOT_VOUCHED, Hardware.Os.WINDOWS);
    where.put(Rest.Trouble.ROOT_ONLY, Hardware.Os.WINDOWS);
    Map<String, Rest.Trouble> troubles = new TreeMap<>();
    where.forEach((trouble, os) -> {
      Machine machine =
          lab.cloud().fleet().instances().stream()
              .filter(one -> one.hardware().os() == os && !troubles.containsKey(one.id()))
              .filter(one -> trouble != Rest.Trouble.ROOT_ONLY || one.disks().size() > 1)
              .findFirst()
              .orElseThrow();
      troubles.put(machine.id(), trouble);
      lab.cloud().faults().restore().troubleAtRest(machine.id(), trouble);
    });
    return troubles;
  }

  @Test
  void everybodyIsUpdatedWithWhatCouldBeHad_andNothingMoreIsClaimed() throws IOException {
    FleetSpec fleet = FleetSpec.of(60, 20_261_123).running(PRODUCT, "1.0.0");
    try (Lab lab = Lab.open(fleet, beat -> {})) {
      CaseFile file = new CaseFile(lab.cloud());
      lab.wire().tap(file);
      LabPolicies.register(
          lab.look(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CAPABILITY, rules()));
      lab.cloud().catalog().publish(PRODUCT, NEXT, new Behaviour.Healthy());
      Map<String, Rest.Trouble> troubles = troubles(lab);
      String id = publish(lab);
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(30)));
      Operation<Rollout, Batch> rollout = lab.look().load(RolloutCourse.FORM, id).orElseThrow();
      assertEquals("SUCCEEDED", rollout.head().phaseName());
      assertEquals(troubles.keySet(), poor(rollout).keySet());
      assertTrue(!lab.cloud().truth().holds().isEmpty());
      Verdict rest =
          Promises.judge(lab.cloud(), file.recording(lab.look()), file).stream()
              .filter(verdict -> verdict.promise() == 10)
              .findFirst()
              .orElseThrow();
      assertTrue(rest.held(), rest.toString());
      List<Duration> frozen = new ArrayList<>();
      lab.cloud()
          .truth()
          .holds()
          .forEach(hold -> {
            if (hold.until() != null) {
              frozen.add(Duration.between(hold.from(), hold.until()));
            }
          });
      System.out.println(
          "AtRestTest: " + rest + "; longest " + frozen.stream().max(Duration::compareTo));
    }
  }

  private static String publish(Lab lab) {
    String event =
        ReleaseEvents.published(lab.cloud(), PRODUCT, NEXT, Channel.CAPABILITY, lab.clock());
    return switch (lab.publish(event)) {
      case ReleaseIntake.Answer.Started started -> started.id();
      case ReleaseIntake.Answer.Refused refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }

  /** Machines that have a restore point which is less than was asked for. */
  private static Map<String, Consistency> poor(Operation<Rollout, Batch> rollout) {
    Map<String, Consistency> poor = new TreeMap<>();
    for (Batch batch : rollout.parts()) {
      for (Member member : batch.members()) {
        if (member.point() != null && member.point().consistency() != Consistency.APPLICATION) {
          poor.put(member.machine(), member.point().consistency());
        }
      }
    }
    return poor;
  }
}
