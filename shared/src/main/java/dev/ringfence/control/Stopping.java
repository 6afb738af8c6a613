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
import java.util.Optional;

/**
 * Halts at once, without a question back: a halt too many costs hours, one too late costs machines.
 */
final class Stopping {
  private final RolloutDesk desk;
  private final Store store;
  private final Engine engine;
  private final InstantSource time;

  Stopping(RolloutDesk desk, Store store, Engine engine, InstantSource time) {
    this.desk = desk;
    this.store = store;
    this.engine = engine;
    this.time = time;
  }

  ObjectNode halt(RolloutAsk ask, Caller caller) {
    String id = ask.id();
    if (id != null) {
      return desk.load(id)
          .map(rollout -> haltOne(rollout, ask, caller))
          .orElseGet(() -> desk.unknown(ask));
    }
    List<Rollout> open = desk.recent(ask, head -> !head.isFinal());
    if (open.isEmpty()) {
      return Json.answer("Nothing was halted: no rollout" + of(ask) + " is under way.");
    }
    if (open.size() == 1) {
      return halt(ask.naming(open.getFirst().id()), caller);
    }
    if (ask.product() == null) {
      return Json.refusal(
          List.of(
              new Problem(
                  "id",
                  "is missing, and several are under way: "
                      + RolloutDesk.titles(open)
                      + "; name one, or a product to halt all of it")),
          RolloutUsage.usage());
    }
    return haltAll(open, ask, caller);
  }

  private ObjectNode haltOne(Operation<Rollout, Batch> rollout, RolloutAsk ask, Caller caller) {
    String id = rollout.head().id();
    String title = rollout.head().release().product() + " " + rollout.head().release().version();
    Optional<String> objection = RolloutWishes.objection(Action.HALT, rollout);
    boolean halted = stop(id, ask, caller);
    Operation<Rollout, Batch> now = desk.load(id).orElse(rollout);
    String sentence =
        halted
            ? title
                + " is halted: no further machine gets it, and commands in flight are called"
                + " back."
            : title
                + " was not halted by this: "
                + objection.orElse("it was halted just now")
                + ".";
    return desk.page(now, ask).under(sentence);
  }

  private ObjectNode haltAll(List<Rollout> open, RolloutAsk ask, Caller caller) {
    List<Rollout> halted = new ArrayList<>();
    RuntimeException broken = null;
    for (Rollout head : open) {
      try {
        if (stop(head.id(), ask, caller)) {
          halted.add(head);
        }
      } catch (RuntimeException one) {
        // One that cannot be halted must not shield the others; the caller is told afterwards.
        broken = one;
      }
    }
    if (broken != null) {
      throw broken;
    }
    List<Rollout> now =
        open.stream().flatMap(head -> desk.load(head.id()).stream()).map(Operation::head).toList();
    ObjectNode answer =
        Json.answer(
            halted.size()
                + " of "
                + open.size()
                + " rollouts"
                + of(ask)
                + " are halted by this: "
                + RolloutDesk.titles(now)
                + ".");
    answer.set("rollouts", Json.texts(now.stream().map(Rollout::id).toList()));
    return answer;
  }

  private boolean stop(String id, RolloutAsk ask, Caller caller) {
    Instant now = time.instant();
    String reason = ask.reason() == null ? "no reason given" : ask.reason();
    boolean asked =
        engine.ask(
            RolloutCourse.FORM,
            id,
            new Request(Request.Wish.HALT, caller.journalled(), reason, now));
    if (asked) {
      store.note(id, new JournalEntry(now, caller.journalled(), "asked for a halt", reason));
    }
    return asked;
  }

  private static String of(RolloutAsk ask) {
    return ask.product() == null ? "" : " of " + ask.product();
  }
}
