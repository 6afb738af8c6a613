package dev.ringfence.lab.story;

import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.Rollout;
import java.util.ArrayList;
import java.util.List;

/** How the machines of one ring stand. */
record RingCount(
    String ring, int machines, int inFlight, int proven, int hurt, int undelivered, int leftOut) {

  static List<RingCount> of(Operation<Rollout, Batch> rollout) {
    Plan plan = rollout.head().plan();
    if (plan == null) {
      return List.of();
    }
    List<RingCount> counts = new ArrayList<>();
    for (Plan.Ring ring : plan.rings()) {
      RingCount count = new RingCount(ring.name(), ring.machines(), 0, 0, 0, 0, 0);
      for (Batch batch :
          rollout.parts().subList(ring.firstBatch(), ring.firstBatch() + ring.batches())) {
        for (Member member : batch.members()) {
          count = count.with(member.phase());
        }
      }
      counts.add(count);
    }
    return counts;
  }

  private RingCount with(MemberPhase phase) {
    return switch (phase) {
      case MemberPhase.Dispatched d -> plus(1, 0, 0, 0, 0);
      case MemberPhase.Proven p -> plus(0, 1, 0, 0, 0);
      case MemberPhase.Hurt h -> plus(0, 0, 1, 0, 0);
      case MemberPhase.HandedOver h -> plus(0, 0, 1, 0, 0);
      case MemberPhase.Undelivered u -> plus(0, 0, 0, 1, 0);
      case MemberPhase.Lost l -> plus(0, 0, 0, 0, 1);
      case MemberPhase.LeftOut l -> plus(0, 0, 0, 0, 1);
      case MemberPhase.Planned p -> this;
      case MemberPhase.Securing s -> this;
      case MemberPhase.Secured s -> this;
    };
  }

  private RingCount plus(int flying, int proved, int harmed, int missed, int out) {
    return new RingCount(
        ring,
        machines,
        inFlight + flying,
        proven + proved,
        hurt + harmed,
        undelivered + missed,
        leftOut + out);
  }

  /** Whether the ring has begun. */
  boolean isUnderWay() {
    return inFlight + proven + hurt + undelivered + leftOut > 0;
  }

  /** The counts that are not zero, in words. */
  String inWords() {
    List<String> words = new ArrayList<>();
    words.add(proven + " of " + machines + " proven");
    add(words, inFlight, "in flight");
    add(words, hurt, "HURT");
    add(words, undelivered, "without the update");
    add(words, leftOut, "left out");
    return String.join(", ", words);
  }

  private static void add(List<String> words, int count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
