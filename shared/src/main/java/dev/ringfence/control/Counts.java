package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import java.util.Collection;

/**
 * How many machines stand where.
 *
 * @param restoring those of the hurt that were handed to a restore
 */
record Counts(
    int machines,
    int untouched,
    int inFlight,
    int proven,
    int undelivered,
    int hurt,
    int restoring,
    int lost,
    int leftOut) {

  static Counts of(Collection<Batch> batches) {
    int[] counts = new int[Slot.values().length];
    int machines = 0;
    for (Batch batch : batches) {
      for (Member member : batch.members()) {
        machines++;
        counts[slot(member.phase()).ordinal()]++;
      }
    }
    int restoring = counts[Slot.RESTORING.ordinal()];
    return new Counts(
        machines,
        counts[Slot.UNTOUCHED.ordinal()],
        counts[Slot.IN_FLIGHT.ordinal()],
        counts[Slot.PROVEN.ordinal()],
        counts[Slot.UNDELIVERED.ordinal()],
        counts[Slot.HURT.ordinal()] + restoring,
        restoring,
        counts[Slot.LOST.ordinal()],
        counts[Slot.LEFT_OUT.ordinal()]);
  }

  private enum Slot {
    UNTOUCHED,
    IN_FLIGHT,
    PROVEN,
    UNDELIVERED,
    HURT,
    RESTORING,
    LOST,
    LEFT_OUT
  }

  private static Slot slot(MemberPhase phase) {
    return switch (phase) {
      case MemberPhase.Planned p -> Slot.UNTOUCHED;
      case MemberPhase.Securing s -> Slot.UNTOUCHED;
      case MemberPhase.Secured s -> Slot.UNTOUCHED;
      case MemberPhase.Dispatched d -> Slot.IN_FLIGHT;
      case MemberPhase.Proven p -> Slot.PROVEN;
      case MemberPhase.Undelivered u -> Slot.UNDELIVERED;
      case MemberPhase.Hurt h -> Slot.HURT;
      case MemberPhase.HandedOver h -> Slot.RESTORING;
      case MemberPhase.Lost l -> Slot.LOST;
      case MemberPhase.LeftOut l -> Slot.LEFT_OUT;
    };
  }

  /** Writes those that are not zero; who reads rows at night wants to see what is there. */
  ObjectNode into(ObjectNode row) {
    row.put("machines", machines);
    put(row, "proven", proven);
    put(row, "inFlight", inFlight);
    put(row, "hurt", hurt);
    put(row, "hurtInARestore", restoring);
    put(row, "lostToTheirHosts", lost);
    put(row, "liveOnWithoutIt", undelivered);
    put(row, "leftOut", leftOut);
    put(row, "notYetUpdated", untouched);
    return row;
  }

  private static void put(ObjectNode row, String name, int count) {
    if (count > 0) {
      row.put(name, count);
    }
  }
}
