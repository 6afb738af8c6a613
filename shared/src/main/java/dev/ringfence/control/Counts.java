package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

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
    Map<Slot, Integer> counts = new EnumMap<>(Slot.class);
    int machines = 0;
    for (Batch batch : batches) {
      for (Member member : batch.members()) {
        machines++;
        counts.merge(slot(member.phase()), 1, Integer::sum);
      }
    }
    int restoring = counts.getOrDefault(Slot.RESTORING, 0);
    return new Counts(
        machines,
        counts.getOrDefault(Slot.UNTOUCHED, 0),
        counts.getOrDefault(Slot.IN_FLIGHT, 0),
        counts.getOrDefault(Slot.PROVEN, 0),
        counts.getOrDefault(Slot.UNDELIVERED, 0),
        counts.getOrDefault(Slot.HURT, 0) + restoring,
        restoring,
        counts.getOrDefault(Slot.LOST, 0),
        counts.getOrDefault(Slot.LEFT_OUT, 0));
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
