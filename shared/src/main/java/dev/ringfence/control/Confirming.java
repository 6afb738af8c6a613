package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutAsk.Action;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.Store;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.release.json.Problem;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Wishes that are told first, and done when the same call comes again with the hash it showed. */
final class Confirming {
  private final RolloutDesk desk;
  private final Store store;
  private final Engine engine;
  private final InstantSource time;

  Confirming(RolloutDesk desk, Store store, Engine engine, InstantSource time) {
    this.desk = desk;
    this.store = store;
    this.engine = engine;
    this.time = time;
  }

  ObjectNode take(RolloutAsk ask, Caller caller) {
    String id = ask.id();
    if (id != null) {
      return desk.load(id)
          .map(rollout -> take(rollout, ask, caller))
          .orElseGet(() -> desk.unknown(ask));
    }
    List<Rollout> meant =
        desk.recent(ask, head -> !head.isFinal() || ask.action() == Action.RESUME).stream()
            .filter(head -> desk.load(head.id()).filter(r -> mayBe(ask.action(), r)).isPresent())
            .toList();
    if (meant.size() == 1) {
      return take(ask.naming(meant.getFirst().id()), caller);
    }
    String which = meant.isEmpty() ? "none can take it now" : RolloutDesk.titles(meant);
    return Json.refusal(
        List.of(new Problem("id", "is missing: name the rollout; " + which)), RolloutUsage.usage());
  }

  private static boolean mayBe(Action action, Operation<Rollout, Batch> rollout) {
    return RolloutWishes.objection(action, rollout).isEmpty();
  }

  private ObjectNode take(Operation<Rollout, Batch> rollout, RolloutAsk ask, Caller caller) {
    RolloutPage page = desk.page(rollout, ask);
    Optional<String> objection = RolloutWishes.objection(ask.action(), rollout);
    if (objection.isPresent()) {
      return page.under(
          "Nothing was changed: "
              + ask.action().title()
              + " is not possible, because "
              + objection.get()
              + ".");
    }
    Approval approval = new Approval(rollout, ask.consent());
    String hash = hash(rollout, ask.action(), approval);
    if (hash.equals(ask.confirm())) {
      return carryOut(rollout, ask, caller);
    }
    String sentence = wouldDo(ask.action(), rollout, approval);
    if (ask.confirm() != null) {
      sentence = "Nothing was changed, because the world has since you read the plan. " + sentence;
    }
    ObjectNode answer = page.under(sentence);
    answer.put("confirm", hash);
    if (ask.action() == Action.APPROVE) {
      answer.set("agreesTo", approval.page(desk.moments(ask)));
    }
    answer.set("toConfirm", toConfirm(rollout, ask, approval, hash));
    return answer;
  }

  private static ObjectNode toConfirm(
      Operation<Rollout, Batch> rollout, RolloutAsk ask, Approval approval, String hash) {
    ObjectNode again =
        Json.of(
            "action", ask.action().title(),
            "id", rollout.head().id(),
            "reason", ask.reason(),
            "by", ask.by(),
            "confirm", hash);
    if (ask.action() == Action.APPROVE) {
      approval.into(again);
    }
    return again;
  }

  /** What a person read and says yes to: the phase and how each machine stands. */
  private static String hash(Operation<Rollout, Batch> rollout, Action action, Approval approval) {
    List<String> facts = new ArrayList<>();
    facts.add(action.title());
    facts.add(rollout.head().id());
    facts.add(rollout.head().phase().toString());
    facts.add(Counts.of(rollout.parts()).toString());
    if (action == Action.APPROVE) {
      facts.addAll(approval.facts());
    }
    return Confirm.of(facts);
  }

  private ObjectNode carryOut(Operation<Rollout, Batch> before, RolloutAsk ask, Caller caller) {
    String id = before.head().id();
    Instant now = time.instant();
    String reason = Objects.requireNonNull(ask.reason(), "the reader asks for a reason");
    Request request =
        new Request(
            RolloutWishes.of(ask.action()).orElseThrow(),
            caller.journalled(),
            reason,
            now,
            ask.action() == Action.APPROVE ? ask.consent() : null);
    boolean asked = engine.ask(RolloutCourse.FORM, id, request);
    if (asked) {
      String what = "confirmed " + ask.action().title();
      store.note(id, new JournalEntry(now, caller.journalled(), what, reason));
    }
    Operation<Rollout, Batch> after = desk.load(id).orElse(before);
    String done = ask.action().title() + " of " + id;
    return desk.page(after, ask)
        .under(
            asked
                ? done + " is done; it is " + after.head().phaseName() + " now."
                : done + " was not done: something graver was asked for just now.");
  }

  private static String wouldDo(
      Action action, Operation<Rollout, Batch> rollout, Approval approval) {
    String title = rollout.head().release().product() + " " + rollout.head().release().version();
    String would =
        switch (action) {
          case RESUME ->
              "go on with the ring that it stopped at, look at every machine anew, and hold or halt"
                  + " again if something still speaks against it";
          case APPROVE -> approval.sentence();
          case SKIP_RING -> "leave out what is left of the ring on hold and open the next one";
          case ABORT ->
              "stop "
                  + title
                  + " for good, call back commands in flight, and not quarantine the version";
          case STATUS, PLAN, HALT, LIFT_QUARANTINE ->
              throw new IllegalStateException(action + " is not confirmed here");
        };
    return "This would " + would + RolloutDesk.HOW_TO_CONFIRM;
  }
}
