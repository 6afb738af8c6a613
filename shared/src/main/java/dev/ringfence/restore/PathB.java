package dev.ringfence.restore;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.fleet.WaysBack;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.restore.Replacement.Turn;
import dev.ringfence.swap.Standstill;
import dev.ringfence.swap.Swap;
import dev.ringfence.swap.SwapOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exchange of a root while its machine is stopped, with the data volumes that were agreed to:
 * weighed first, then done step by step.
 */
record PathB(Restore head, Sight sight, Instant now) {
  Turn weigh(Body body, String why, String tried, boolean rootless) {
    return new Turn.On(new PatientPhase.Weighing(now, body, why, tried, rootless));
  }

  /**
   * The last look before a stop: stop protection may have been switched on since the plan, and what
   * nobody has agreed to lose is not lost.
   */
  Turn weighing(Patient patient, PatientPhase.Weighing weighing) {
    String tried = weighing.tried().isEmpty() ? "nothing" : weighing.tried();
    Set<Unrestorable> known = sight.obstacles().get(patient.machine());
    if (known == null) {
      return now.isBefore(weighing.since().plus(RestoreTempo.WEIGHING))
          ? new Turn.On(weighing)
          : new Turn.Over(
              weighing.why() + "; and what a stop would cost it could not be read", tried);
    }
    // A Spot machine is never parted from a root, and one that has none needs one all the more.
    Set<Unrestorable> counts =
        weighing.rootless() ? Unrestorable.without(known, Set.of(Unrestorable.SPOT)) : known;
    WaysBack ways = WaysBack.of(counts, price(patient, known));
    if (ways.isOpen(RootPath.B)) {
      return exchange(patient, weighing);
    }
    return new Turn.Over(
        weighing.why()
            + "; path B is closed: "
            + Unrestorable.sentences(ways.againstB())
            + whatIsLeft(weighing, Unrestorable.prices(known).containsAll(ways.againstB())),
        tried);
  }

  /** A machine without a root has nothing that a plan could replace, so hands are needed. */
  private static String whatIsLeft(PatientPhase.Weighing weighing, boolean costsOnly) {
    Body body = weighing.body();
    if (weighing.rootless()) {
      return " By hand it can be stopped, given its old root "
          + body.root()
          + " at "
          + body.rootDevice()
          + " again, and started";
    }
    return costsOnly ? " Somebody who agrees to that may ask for path B" : "";
  }

  /** A person who agreed to a stop has read what it costs; a policy names it. */
  private Set<Unrestorable> price(Patient patient, Set<Unrestorable> known) {
    boolean person = !head.automatic() && head.consent().exchange();
    return person ? Unrestorable.prices(known) : patient.price();
  }

  private Turn exchange(Patient patient, PatientPhase.Weighing weighing) {
    RestorePoint point = patient.point();
    if (point == null) {
      return new Turn.Over("it has no restore point", weighing.told());
    }
    Blueprint then = sight.blueprints().get(point.snapshot());
    if (then == null && now.isBefore(weighing.since().plus(RestoreTempo.EXAMINATION))) {
      return new Turn.On(weighing);
    }
    Body body = weighing.body().asIn(then);
    String tried = weighing.told() + "; " + weighing.body().source(point.snapshot(), then);
    return new Turn.On(
        new PatientPhase.Exchanging(Standstill.begin(orders(patient, body, point), now), tried));
  }

  /** The data volumes that were agreed to first, then the root, with which the machine starts. */
  private List<SwapOrder> orders(Patient patient, Body body, RestorePoint point) {
    List<SwapOrder> orders = new ArrayList<>();
    Map<String, String> made = head.tags(patient);
    Map<String, String> kept = head.oldTags(patient, now);
    for (Agreement.DataVolume volume : patient.volumes()) {
      String key = head.key(patient) + "-d" + orders.size();
      orders.add(body.swap(key, patient.machine(), volume, made, kept));
    }
    orders.add(body.swap(head.key(patient), patient.machine(), point.snapshot(), made, kept));
    return orders;
  }

  /**
   * The same, after a look at a machine that still runs: its group may take an hour to let it go,
   * and who has come back meanwhile is not stopped.
   */
  Turn stopping(Patient patient, PatientPhase.Exchanging exchanging, Comeback comeback) {
    Standstill still = exchanging.standstill();
    Instant began = still.swap().began();
    if (!still.isBeforeItsStop()) {
      return exchanging(patient, exchanging);
    }
    if (comeback.isUpWithItsRoot(patient)) {
      return now.isBefore(began.plus(RestoreTempo.LEAVING))
          ? new Turn.On(exchanging)
          : exchanging(
              patient,
              new PatientPhase.Exchanging(
                  still.giveUp("it shows life again, so it was not stopped", now),
                  exchanging.tried()));
    }
    boolean unseen = comeback.sign(patient) == null && comeback.hasItsRoot(patient);
    return unseen && now.isBefore(began.plus(RestoreTempo.EXAMINATION))
        ? new Turn.On(exchanging)
        : exchanging(patient, exchanging);
  }

  Turn exchanging(Patient patient, PatientPhase.Exchanging exchanging) {
    Standstill.Step step =
        exchanging.standstill().next(sight.rigs().get(patient.machine()), sight.volumes(), now);
    String tried = exchanging.tried() + "; " + told(step.standstill());
    return switch (step) {
      case Standstill.Step.Goes goes ->
          new Turn.On(new PatientPhase.Exchanging(goes.standstill(), exchanging.tried()));
      case Standstill.Step.Finished f -> new Turn.On(new PatientPhase.Proving(now, null));
      case Standstill.Step.Failed failed ->
          failed.barren()
              ? new Turn.Barren(failed.reason(), tried)
              : new Turn.Over(failed.reason(), tried);
    };
  }

  private static String told(Standstill standstill) {
    List<String> told = new ArrayList<>();
    for (Swap swap : standstill.swaps()) {
      told.add(
          "exchange of the stopped machine's "
              + swap.order().what()
              + " for one from "
              + swap.order().snapshot()
              + (swap.remarks().isEmpty() ? "" : " (" + String.join("; ", swap.remarks()) + ")"));
    }
    return String.join("; ", told);
  }
}
