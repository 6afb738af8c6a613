package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Answers what operators ask of restores. Nothing in here throws for what was asked. */
public final class RestoreDesk {
  private final Store store;
  private final Engine engine;
  private final InstantSource time;
  private final RestorePlanning planning;

  public RestoreDesk(Store store, Engine engine, World world, InstantSource time) {
    this.store = store;
    this.engine = engine;
    this.time = time;
    this.planning = new RestorePlanning(store, world);
  }

  /**
   * Answers one call.
   *
   * @param input as Lambda hands it over, UTF-8
   * @param request Lambda's id of the request, for the journal
   * @return an object whose first member, {@code answer}, is one sentence
   */
  public ObjectNode answer(byte[] input, String request) {
    return switch (Fields.parse(input)) {
      case Reading.Refused<JsonNode>(List<Problem> problems) -> refused(problems);
      case Reading.Accepted<JsonNode>(JsonNode tree) when tree.isEmpty() -> RestoreUsage.answer();
      case Reading.Accepted<JsonNode>(JsonNode tree) ->
          switch (RestoreAskReader.read(tree)) {
            case Reading.Refused<RestoreAsk>(List<Problem> problems) -> refused(problems);
            case Reading.Accepted<RestoreAsk>(RestoreAsk ask) ->
                answer(ask, new Caller(ask.by(), request));
          };
    };
  }

  private static ObjectNode refused(List<Problem> problems) {
    return Json.refusal(problems, RestoreUsage.usage());
  }

  private ObjectNode answer(RestoreAsk ask, Caller caller) {
    Moments moments = new Moments(ask.zone(), time.instant());
    return switch (ask.action()) {
      case STATUS -> status(ask, moments);
      case HALT -> halt(ask, caller, moments);
      case PLAN, RUN ->
          switch (planning.plan(ask)) {
            case Reading.Refused<RestorePlan>(List<Problem> problems) -> refused(problems);
            case Reading.Accepted<RestorePlan>(RestorePlan plan) ->
                answer(plan, ask, caller, moments);
          };
    };
  }

  private ObjectNode answer(RestorePlan plan, RestoreAsk ask, Caller caller, Moments moments) {
    if (ask.action() == RestoreAsk.Action.RUN && plan.isConfirmedBy(ask.confirm(), moments.now())) {
      return run(plan, ask, caller, moments);
    }
    Optional<Operation<Restore, Ward>> underWay =
        plan.underWay().or(() -> Optional.of(plan.id())).flatMap(this::planned);
    if (underWay.isPresent()) {
      // The very same was confirmed before: Test was pressed twice.
      return page(underWay.get(), "This is under way already: ", moments);
    }
    boolean late = ask.action() == RestoreAsk.Action.RUN;
    return RestorePlanPage.of(plan, ask, late, moments);
  }

  private ObjectNode run(RestorePlan plan, RestoreAsk ask, Caller caller, Moments moments) {
    Instant now = moments.now();
    String reason = ask.reason() == null ? "no reason given" : ask.reason();
    boolean isNew =
        engine.restore(
            plan.order(),
            new JournalEntry(
                now,
                caller.journalled(),
                "confirmed the restore of "
                    + plan.restored().size()
                    + " machines, "
                    + ask.confirm(),
                reason),
            now);
    return page(
        planned(plan.id()).orElseThrow(),
        isNew ? "The restore has begun: " : "This is under way already: ",
        moments);
  }

  /**
   * Needs no confirmation: it takes nothing from anybody, and a machine whose root is out is given
   * its old one first.
   */
  private ObjectNode halt(RestoreAsk ask, Caller caller, Moments moments) {
    String id = Objects.requireNonNull(ask.id(), "the reader asks for it");
    if (planned(id).isEmpty()) {
      return noRestore();
    }
    Request halt =
        new Request(
            Request.Wish.HALT,
            caller.journalled(),
            ask.reason() == null ? "no reason given" : ask.reason(),
            moments.now());
    boolean isNew = engine.ask(RestoreCourse.FORM, id, halt);
    return page(
        planned(id).orElseThrow(),
        isNew ? "The restore is halted: " : "Nothing was changed, it is over or halted already: ",
        moments);
  }

  private static ObjectNode noRestore() {
    return refused(List.of(new Problem("id", "is no restore of this account and Region")));
  }

  private ObjectNode status(RestoreAsk ask, Moments moments) {
    String id = ask.id();
    if (id != null) {
      return planned(id)
          .map(restore -> page(restore, "", moments))
          .orElseGet(RestoreDesk::noRestore);
    }
    List<Restore> recent = store.recent(RestoreCourse.FORM);
    List<Restore> open = recent.stream().filter(head -> !head.isFinal()).toList();
    ObjectNode answer =
        Json.answer(
            open.isEmpty()
                ? "No restore is under way."
                : open.size()
                    + (open.size() == 1 ? " restore is" : " restores are")
                    + " under way.");
    answer.set("underWay", Json.rows(open, head -> row(head, moments)));
    List<Restore> over = recent.stream().filter(Restore::isFinal).toList();
    answer.set("endedLately", Json.rows(over, head -> row(head, moments)));
    return answer;
  }

  private static ObjectNode row(Restore head, Moments moments) {
    return Json.of(
        "id", head.id(),
        "phase", head.phaseName(),
        "cause", head.cause(),
        "product", head.product(),
        "mustNotRun", head.blamed(),
        "orderedAt", moments.from(head.orderedAt()));
  }

  private ObjectNode page(Operation<Restore, Ward> restore, String before, Moments moments) {
    return RestorePage.of(
        restore,
        store.journal(restore.head().id()),
        new Aftermath(store, moments).of(restore),
        before,
        moments);
  }

  private Optional<Operation<Restore, Ward>> planned(String id) {
    try {
      return store.load(RestoreCourse.FORM, id);
    } catch (IllegalStateException anotherKind) {
      // The id of a rollout or a drill, which the store refuses to read as a restore.
      return Optional.empty();
    }
  }
}
