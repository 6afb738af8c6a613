package dev.ringfence.lab.judge;

import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts who is at risk from the commands that really went out and the proofs that came back, and
 * the limits from the policy and the real fleet.
 */
final class NeverTooMany implements Promises.Promise {
  /**
   * What EC2 lets an account do at once and per second, half of it left to others ("Request
   * throttling for the Amazon EC2 API").
   */
  private static final int CALLS_AT_ONCE = 25;

  private static final Duration BETWEEN_CALLS = Duration.ofMillis(400);

  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    int most = 0;
    for (Operation<Rollout, Batch> rollout : run.rollouts()) {
      most = Math.max(most, judge(run, rollout, breaches));
    }
    return Verdict.of(
        3,
        "never more at risk than allowed",
        breaches,
        "at most " + most + " machines at risk at once");
  }

  private static int judge(Run run, Operation<Rollout, Batch> operation, List<String> breaches) {
    Rollout rollout = operation.head();
    Limits limits = new Limits(run, operation);
    Set<String> atRisk = new HashSet<>();
    int most = 0;
    for (Observed event : run.file().everything()) {
      if (event instanceof Observed.Sent sent && sent.updates(rollout)) {
        atRisk.addAll(sent.machines());
        most = Math.max(most, atRisk.size());
        limits.check(atRisk).forEach(what -> breaches.add(sent.key() + " at " + sent.at() + what));
      } else if (event instanceof Observed.Written write
          && write.after().id().equals(rollout.id())) {
        write.moves().forEach(move -> settle(move, atRisk));
      }
    }
    return most;
  }

  /** Proofs and failed deliveries take a machine off the risk, harm puts it back for good. */
  private static void settle(Observed.Move move, Set<String> atRisk) {
    String machine = move.member().machine();
    switch (move.to()) {
      case MemberPhase.Proven p -> atRisk.remove(machine);
      case MemberPhase.Undelivered u -> atRisk.remove(machine);
      case MemberPhase.LeftOut l -> atRisk.remove(machine);
      case MemberPhase.Hurt h -> atRisk.add(machine);
      case MemberPhase.HandedOver h -> atRisk.add(machine);
      case MemberPhase.Lost l when l.cause() == MemberPhase.Lost.Cause.TERMINATED ->
          atRisk.remove(machine);
      case MemberPhase.Lost l -> atRisk.add(machine);
      case MemberPhase.Planned p -> {}
      case MemberPhase.Securing s -> {}
      case MemberPhase.Secured s -> {}
      case MemberPhase.Dispatched d -> {}
    }
  }

  /** The limits of one roll-out over the machines that its plan reaches. */
  private static final class Limits {
    private final Run run;
    private final ChannelPolicy policy;
    private final int restorable;
    private final Map<String, Integer> zones;
    private final Map<String, Integer> groups;

    Limits(Run run, Operation<Rollout, Batch> operation) {
      this.run = run;
      this.policy = operation.head().policy();
      // Without a plan nobody was put at risk.
      Plan plan = operation.head().plan();
      this.restorable = plan == null ? 0 : restorable(policy, plan.oneRestore());
      List<String> planned = Run.members(operation).stream().map(Member::machine).toList();
      this.zones = count(planned, this::zone);
      this.groups = count(planned, this::group);
    }

    /** One restore after the other on a table, as long as they end in time. */
    private static int restorable(ChannelPolicy policy, Duration each) {
      PriorityQueue<Duration> slots = new PriorityQueue<>();
      for (int back = 0; back < policy.maxInFlight(); back++) {
        Duration start = BETWEEN_CALLS.multipliedBy(Math.max(0, back + 1 - CALLS_AT_ONCE));
        if (slots.size() == policy.restoresAtOnce()) {
          Duration free = slots.remove();
          start = free.compareTo(start) > 0 ? free : start;
        }
        slots.add(start.plus(each));
        if (start.plus(each).compareTo(policy.recoveryTime()) > 0) {
          return back;
        }
      }
      return policy.maxInFlight();
    }

    List<String> check(Set<String> atRisk) {
      List<String> broken = new ArrayList<>();
      int ceiling = Math.max(1, Math.min(policy.maxInFlight(), restorable));
      if (atRisk.size() > ceiling) {
        broken.add(" put " + atRisk.size() + " machines at risk, " + ceiling + " are allowed");
      }
      over(count(atRisk, this::zone), zones, policy.perZoneShare(), "zone", broken);
      over(count(atRisk, this::group), groups, policy.perGroupShare(), "group", broken);
      return broken;
    }

    private static void over(
        Map<String, Integer> atRisk,
        Map<String, Integer> sizes,
        double share,
        String what,
        List<String> broken) {
      atRisk.forEach((name, count) -> {
        int allowed = Math.max(1, (int) Math.floor(share * sizes.getOrDefault(name, 0)));
        if (count > allowed) {
          broken.add(
              " put %d machines of %s %s at risk, %d are allowed"
                  .formatted(count, what, name, allowed));
        }
      });
    }

    private static Map<String, Integer> count(
        Iterable<String> machines, Function<String, @Nullable String> by) {
      Map<String, Integer> counts = new HashMap<>();
      for (String machine : machines) {
        String name = by.apply(machine);
        if (name != null) {
          counts.merge(name, 1, Integer::sum);
        }
      }
      return counts;
    }

    private String zone(String id) {
      return machine(id).hardware().zone();
    }

    private @Nullable String group(String id) {
      return machine(id).tags().get(policy.group());
    }

    private Machine machine(String id) {
      Machine machine = run.cloud().fleet().find(id);
      if (machine == null) {
        throw new IllegalStateException("nobody has a machine " + id);
      }
      return machine;
    }
  }
}
