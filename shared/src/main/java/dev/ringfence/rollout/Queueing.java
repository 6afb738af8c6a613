package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Quarantine;
import dev.ringfence.release.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Before the first machine: the release waits for its time and its lane, then the fleet is found
 * and planned.
 */
final class Queueing {
  private Queueing() {}

  static void queued(Turn turn, RolloutPhase.Queued queued) {
    Rollout head = turn.head();
    Lane lane = turn.sight.lane();
    if (haltAsked(turn) || lane == null) {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
      return;
    }
    String version = head.release().version();
    String newest = lane.newest();
    Optional<String> quarantined = quarantine(turn, lane).against(head.release());
    if (quarantined.isPresent()) {
      drop(turn, "version " + version + " " + quarantined.get());
    } else if (newest != null && newer(newest, version)) {
      drop(turn, "superseded by version " + newest);
    } else if (lane.installed() != null && !newer(version, lane.installed())) {
      drop(turn, "version " + lane.installed() + " is on the fleet already");
    } else {
      waitOrBegin(turn, queued, lane);
    }
  }

  private static Quarantine quarantine(Turn turn, Lane lane) {
    return turn.sight.quarantine() == null ? Quarantine.of(List.of(lane)) : turn.sight.quarantine();
  }

  private static boolean newer(String version, String installed) {
    return Version.BY_AGE.compare(new Version(version), new Version(installed)) > 0;
  }

  private static void waitOrBegin(Turn turn, RolloutPhase.Queued queued, Lane lane) {
    Rollout head = turn.head();
    Instant notBefore = head.release().notBefore();
    if (notBefore != null && turn.now.isBefore(notBefore)) {
      wait(turn, queued, "its time, " + notBefore);
      turn.due(notBefore);
    } else if (lane.holder() != null && !lane.holder().equals(head.id())) {
      wait(turn, queued, "rollout " + lane.holder());
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    } else {
      turn.claim(new LaneClaim.Take(head.lane(), head.id()));
      turn.become(head.startedFrom(lane.installed(), new RolloutPhase.Planning(turn.now)));
      turn.note("took the lane " + head.lane(), "");
      turn.due(turn.now);
    }
  }

  private static void wait(Turn turn, RolloutPhase.Queued queued, String waitsFor) {
    if (!queued.waitsFor().equals(waitsFor)) {
      turn.enter(new RolloutPhase.Queued(queued.since(), waitsFor));
      turn.note("waits for " + waitsFor, "");
    }
  }

  static void planning(Turn turn, RolloutPhase.Planning planning) {
    if (haltAsked(turn)) {
      return;
    }
    List<Machine> fleet = turn.sight.fleet();
    Admission admission = Admission.of(turn.policy(), turn.sight.proofs(), turn.now);
    if (fleet == null || admission == null) {
      waitForFleet(turn, planning);
      return;
    }
    if (fleet.size() > WavePlan.MAX_MACHINES) {
      Ending.askPerson(
          turn, "the selector matches " + fleet.size() + " machines, more than can be planned");
      return;
    }
    Planner.Planned planned = Planner.plan(turn.head(), fleet, admission);
    if (planned.plan().machines() == 0) {
      Ending.askPerson(
          turn,
          "no machine can be updated: "
              + fleet.size()
              + " match the selector, left out "
              + planned.plan().leftOut());
      return;
    }
    follow(turn, planned);
  }

  private static void follow(Turn turn, Planner.Planned planned) {
    turn.layOut(planned.batches());
    turn.become(
        turn.head()
            .following(planned.plan(), new RolloutPhase.Running(0, turn.now, Instant.EPOCH, null)));
    turn.note(
        "planned "
            + planned.plan().machines()
            + " machines in "
            + planned.plan().rings().size()
            + " rings",
        planned.plan().inWords());
    turn.note("recovery", planned.plan().recoveryInWords(turn.policy()));
    turn.due(turn.now);
  }

  private static void waitForFleet(Turn turn, RolloutPhase.Planning planning) {
    if (turn.now.isAfter(planning.since().plus(Tempo.PLANNING_PATIENCE))) {
      Ending.askPerson(
          turn, "the fleet could not be read: " + String.join("; ", turn.sight.gaps()));
    } else {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    }
  }

  /** A halt before the first machine needs no call back: nothing was started. */
  private static boolean haltAsked(Turn turn) {
    if (turn.request == null) {
      return false;
    }
    Halting.begin(turn, new HaltReason.Asked(turn.request.by(), turn.request.evidence()));
    return true;
  }

  private static void drop(Turn turn, String reason) {
    turn.enter(new RolloutPhase.Dropped(reason, turn.now));
    turn.note("dropped", reason);
  }

  /** Whether a rollout in this phase keeps others of its product waiting. */
  static boolean holdsLane(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Planning p -> true;
      case RolloutPhase.Running r -> true;
      case RolloutPhase.Holding h -> true;
      case RolloutPhase.Halting h -> true;
      case RolloutPhase.Ending e -> true;
      case RolloutPhase.Queued q -> false;
      case RolloutPhase.Aftercare a -> false;
      case RolloutPhase.Halted h -> false;
      case RolloutPhase.Succeeded s -> false;
      case RolloutPhase.NeedsPerson n -> false;
      case RolloutPhase.Dropped d -> false;
    };
  }
}
