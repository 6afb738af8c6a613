package dev.ringfence.rollout;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Part;
import dev.ringfence.policy.ChannelPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the machines of a ring into batches, so that no batch alone breaks a limit per Availability
 * Zone or per group: otherwise it could never be dispatched.
 */
final class Batching {
  /** How many unfinished batches a machine is offered to before a new one is begun for it. */
  private static final int OPEN_BATCHES = 8;

  private final int batchMax;
  private final Map<String, Integer> zones;
  private final Map<String, Integer> zoneLimits;
  private final Map<String, Integer> groupLimits;
  private final String groupTag;
  private final Strata strata;
  private final boolean atRest;

  private Batching(
      int batchMax,
      Map<String, Integer> zones,
      Map<String, Integer> zoneLimits,
      Map<String, Integer> groupLimits,
      String groupTag,
      Strata strata,
      boolean atRest) {
    this.batchMax = batchMax;
    this.zones = zones;
    this.zoneLimits = zoneLimits;
    this.groupLimits = groupLimits;
    this.groupTag = groupTag;
    this.strata = strata;
    this.atRest = atRest;
  }

  static Batching of(
      ChannelPolicy policy, List<Machine> machines, Strata strata, Recovery recovery) {
    Map<String, Integer> zones = new TreeMap<>();
    Map<String, Integer> groups = new HashMap<>();
    for (Machine machine : machines) {
      zones.merge(machine.zone(), 1, Integer::sum);
      String group = machine.tags().get(policy.group());
      if (group != null) {
        groups.merge(group, 1, Integer::sum);
      }
    }
    Map<String, Integer> zoneLimits = new HashMap<>();
    zones.forEach((zone, size) -> zoneLimits.put(zone, Limits.share(policy.perZoneShare(), size)));
    Map<String, Integer> groupLimits = new HashMap<>();
    groups.forEach(
        (group, size) -> groupLimits.put(group, Limits.share(policy.perGroupShare(), size)));
    int batchMax = Math.min(Part.MACHINES_MAX, Limits.inFlight(policy, recovery));
    boolean atRest = policy.consistency() != Consistency.CRASH;
    return new Batching(batchMax, zones, zoneLimits, groupLimits, policy.group(), strata, atRest);
  }

  /** How many machines of the plan each Availability Zone has. */
  Map<String, Integer> zones() {
    return zones;
  }

  /** The batches of one ring, numbered from {@code firstNumber}. */
  List<Batch> batches(int ring, int firstNumber, List<Machine> machines) {
    List<Draft> drafts = new ArrayList<>();
    Deque<Draft> open = new ArrayDeque<>();
    for (Machine machine : machines) {
      Draft draft = open.stream().filter(d -> d.takes(machine)).findFirst().orElse(null);
      if (draft == null) {
        draft = new Draft();
        drafts.add(draft);
        open.add(draft);
        if (open.size() > OPEN_BATCHES) {
          open.remove();
        }
      }
      draft.add(machine);
      if (draft.members.size() == batchMax) {
        open.remove(draft);
      }
    }
    List<Batch> batches = new ArrayList<>();
    for (Draft draft : drafts) {
      batches.add(Batch.planned(firstNumber + batches.size(), ring, draft.members));
    }
    return batches;
  }

  private @Nullable String groupOf(Machine machine) {
    return machine.tags().get(groupTag);
  }

  /** A batch that is being filled. */
  private final class Draft {
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Integer> inZone = new HashMap<>();
    private final Map<String, Integer> inGroup = new HashMap<>();

    boolean takes(Machine machine) {
      String group = groupOf(machine);
      return inZone.getOrDefault(machine.zone(), 0) < limit(zoneLimits, machine.zone())
          && (group == null || inGroup.getOrDefault(group, 0) < limit(groupLimits, group));
    }

    void add(Machine machine) {
      String group = groupOf(machine);
      inZone.merge(machine.zone(), 1, Integer::sum);
      if (group != null) {
        inGroup.merge(group, 1, Integer::sum);
      }
      String root = machine.isRestorable() ? machine.rootVolume() : null;
      members.add(
          new Member(
              machine.id(),
              machine.zone(),
              strata.of(machine),
              group,
              group == null ? 0 : limit(groupLimits, group),
              root,
              null,
              new MemberPhase.Planned(),
              atRest && root != null ? Stillness.of(machine) : null));
    }

    private int limit(Map<String, Integer> limits, String of) {
      return limits.getOrDefault(of, 1);
    }
  }
}
