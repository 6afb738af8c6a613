package dev.ringfence.infra.least;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.story.Scenario;
import dev.ringfence.lab.story.Story;
import dev.ringfence.lab.story.StoryInput;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.PolicyWriter;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.Quiescence;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.policy.WayBack;
import dev.ringfence.policy.WhenInconsistent;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.MemberPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every story of the lab, told once, then a person at the console and one at the dashboard, and a
 * day of drills, with one recorder listening to all of it.
 */
final class Recording {
  /** Enough that each kind of machine is there: hybrid nodes too, which are the rarest. */
  private static final int MACHINES = 24;

  /** Enough for a first ring in which one machine is hurt before the evidence halts. */
  private static final int MACHINES_FOR_AN_ALARM = 200;

  private static final long SEED = 20_240_719;

  /** What the lab's own releases ship. */
  private static final String PRODUCT = "falcon-content";

  /** Long enough for a boot loop to show and its victims to be restored. */
  private static final Duration HASTE = Duration.ofHours(6);

  private Recording() {}

  static FunctionCalls ofEverything() throws IOException {
    FunctionCalls calls = new FunctionCalls();
    for (Scenario scenario : Scenario.values()) {
      tell(scenario, calls);
    }
    NightShift.atTheConsole(calls);
    NightShift.atTheDashboard(calls);
    DrillDay.in(calls);
    return calls;
  }

  /** What is done after an answer was lost is part of the functions' work. */
  static void listen(Lab lab, FunctionCalls calls) {
    calls.another();
    lab.plane().lambda().tap(calls);
    lab.wire().tap(calls);
    lab.wire().tap(new LosesAnswers());
  }

  private static void tell(Scenario scenario, FunctionCalls calls) throws IOException {
    boolean large = scenario == Scenario.BLUE_SCREEN;
    StoryInput input =
        new StoryInput(
            scenario, large ? MACHINES_FOR_AN_ALARM : MACHINES, SEED, null, hasty(scenario));
    EarlyAlarm screen =
        new EarlyAlarm(large ? MemberPhase.Hurt.class : MemberPhase.Dispatched.class);
    try (Story story = Story.open(input, screen)) {
      Lab lab = story.lab();
      if (large || scenario == Scenario.AGENT_KILLER) {
        screen.in(lab);
      }
      listen(lab, calls);
      if (scenario == Scenario.HEALTHY) {
        lab.plane().lambda().tap(new AsksCalendar(lab));
      }
      if (scenario == Scenario.SLOW_LEAK) {
        failReplacements(lab);
      }
      story.tell();
    }
  }

  /**
   * New code takes ten days by default, in which each beat calls what the one before called; here
   * it has six hours.
   */
  private static @Nullable String hasty(Scenario scenario) {
    boolean drilled = scenario == Scenario.DRILL;
    if (!drilled && scenario != Scenario.BOOT_LOOP_IN_ONE_STRATUM) {
      return null;
    }
    ChannelPolicy rules =
        ChannelPolicy.defaults(Channel.CAPABILITY)
            .with(Pace.DEADLINE, HASTE)
            .with(Pace.OBSERVATION, HASTE)
            .with(Pace.BAKE, Duration.ofMinutes(30))
            .with(Proof.HOLD_LIMIT, Duration.ofHours(4))
            .with(Quiescence.CONSISTENCY, Consistency.APPLICATION)
            .with(Quiescence.BEFORE_SNAPSHOT, List.of("systemctl stop checkout"))
            .with(Quiescence.AFTER_SNAPSHOT, List.of("systemctl start checkout"))
            .with(Quiescence.WHEN_INCONSISTENT, WhenInconsistent.TAKE_CRASH)
            .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.HYBRID_NODE))
            .with(WayBack.AFTERCARE, HASTE);
    RolloutPolicy policy = LabPolicies.of(PRODUCT);
    Drills network =
        Drills.in(Networks.sealedSubnet(Account.ZONES.getFirst()), Networks.SEALED_GROUP);
    return PolicyWriter.toJson(
            new RolloutPolicy(
                policy.product(),
                policy.selector(),
                policy.signing(),
                drilled ? network : null,
                policy.content(),
                rules))
        .toString();
  }

  /** All are brought back by the exchange of a stopped machine's root, and some are in groups. */
  private static void failReplacements(Lab lab) {
    for (Machine machine : lab.cloud().fleet().instances()) {
      lab.cloud()
          .faults()
          .failRootReplacementOn(machine.id(), RootReplacements.Failure.OLD_ROOT_KEPT);
    }
  }
}
