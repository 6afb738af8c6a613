package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.drill.Bay;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Answers what operators ask of drills. Nothing in here throws for what was asked. */
public final class DrillDesk {
  private final Store store;
  private final DrillIntake intake;
  private final InstantSource time;
  private final DrillDrafting drafting;

  public DrillDesk(Store store, DrillIntake intake, World world, InstantSource time) {
    this.store = store;
    this.intake = intake;
    this.time = time;
    this.drafting = new DrillDrafting(store, world);
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
      case Reading.Accepted<JsonNode>(JsonNode tree) when tree.isEmpty() -> DrillUsage.answer();
      case Reading.Accepted<JsonNode>(JsonNode tree) ->
          switch (DrillAskReader.read(tree)) {
            case Reading.Refused<DrillAsk>(List<Problem> problems) -> refused(problems);
            case Reading.Accepted<DrillAsk>(DrillAsk ask) ->
                answer(ask, new Caller(ask.by(), request));
          };
    };
  }

  private static ObjectNode refused(List<Problem> problems) {
    return Json.refusal(problems, DrillUsage.usage());
  }

  private static ObjectNode unknown() {
    return refused(List.of(new Problem("id", "is no drill of this account and Region")));
  }

  private ObjectNode answer(DrillAsk ask, Caller caller) {
    Moments moments = new Moments(ask.zone(), time.instant());
    String id = ask.id();
    return switch (ask.action()) {
      case STATUS -> id == null ? status(ask, moments) : status(id, moments);
      case PLAN, RUN ->
          switch (drafting.draft(ask, moments.now())) {
            case Reading.Refused<DrillDraft>(List<Problem> problems) -> refused(problems);
            case Reading.Accepted<DrillDraft>(DrillDraft draft) ->
                answer(draft, ask, caller, moments);
          };
      case ABANDON ->
          load(Objects.requireNonNull(id, "the reader asks for an id"))
              .map(drill -> abandon(drill, ask, caller, moments))
              .orElseGet(DrillDesk::unknown);
    };
  }

  private ObjectNode answer(DrillDraft draft, DrillAsk ask, Caller caller, Moments moments) {
    boolean runs = ask.action() == DrillAsk.Action.RUN;
    Optional<DrillOrder> order =
        draft
            .confirmedAt(ask.confirm(), moments.now())
            .filter(at -> runs)
            .flatMap(at -> intake.order(draft.product(), at, draft.scope(), caller.journalled()));
    if (order.isEmpty()) {
      return DrillPages.plan(draft, ask, runs, moments);
    }
    String id = order.get().id();
    boolean isNew = intake.begin(order.get());
    if (isNew) {
      String what =
          "confirmed the drill of " + draft.chosen().size() + " machines, " + ask.confirm();
      note(id, ask, caller, what, moments.now());
    }
    String before = isNew ? "The drill has begun: " : "This was begun already: ";
    return page(load(id).orElseThrow(), before, moments);
  }

  private ObjectNode abandon(
      Operation<Drill, Bay> drill, DrillAsk ask, Caller caller, Moments moments) {
    Drill head = drill.head();
    if (head.isFinal()) {
      return page(drill, "Nothing was changed, because the drill is over: ", moments);
    }
    String hash =
        Confirm.of(List.of("abandon", head.id(), head.phaseName(), "" + DrillPage.open(drill)));
    if (hash.equals(ask.confirm())) {
      return abandoned(head.id(), ask, caller, moments);
    }
    ObjectNode page =
        page(
            drill,
            (ask.confirm() == null ? "" : "Nothing was changed, because the world has. ")
                + "This would fail "
                + DrillPage.open(drill)
                + " machines that have no verdict yet and remove every clone; to do it, press Test"
                + " again with what toConfirm shows. ",
            moments);
    page.put("confirm", hash);
    page.set(
        "toConfirm",
        Json.of(
            "action", ask.action().title(),
            "id", head.id(),
            "reason", ask.reason(),
            "by", ask.by(),
            "confirm", hash));
    return page;
  }

  private ObjectNode abandoned(String id, DrillAsk ask, Caller caller, Moments moments) {
    String reason = Objects.requireNonNull(ask.reason(), "the reader asks for a reason");
    Request halt = new Request(Request.Wish.HALT, caller.journalled(), reason, moments.now());
    boolean asked = store.ask(id, halt);
    if (asked) {
      note(id, ask, caller, "confirmed to abandon the drill", moments.now());
    }
    return page(
        load(id).orElseThrow(),
        asked ? "Its next beat, within a minute, abandons it: " : "It is being abandoned already: ",
        moments);
  }

  private void note(String id, DrillAsk ask, Caller caller, String what, Instant now) {
    String reason = ask.reason() == null ? "no reason given" : ask.reason();
    store.note(id, new JournalEntry(now, caller.journalled(), what, reason));
  }

  private ObjectNode status(String id, Moments moments) {
    return load(id).map(drill -> page(drill, "", moments)).orElseGet(DrillDesk::unknown);
  }

  private ObjectNode status(DrillAsk ask, Moments moments) {
    if (ask.product() != null) {
      return switch (drafting.fleet(ask)) {
        case Reading.Refused<DrillDrafting.Fleet>(List<Problem> problems) -> refused(problems);
        case Reading.Accepted<DrillDrafting.Fleet>(DrillDrafting.Fleet fleet) ->
            DrillPages.coverage(fleet, store.proofs(), moments);
      };
    }
    List<Drill> recent = store.recent(DrillCourse.FORM);
    List<Drill> open = recent.stream().filter(head -> !head.isFinal()).toList();
    ObjectNode answer =
        Json.answer(
            open.isEmpty()
                ? "No drill is under way."
                : open.size() + (open.size() == 1 ? " drill is" : " drills are") + " under way.");
    answer.set("underWay", Json.rows(open, head -> row(head, moments)));
    List<Drill> over = recent.stream().filter(Drill::isFinal).toList();
    answer.set("endedLately", Json.rows(over, head -> row(head, moments)));
    return answer;
  }

  private static ObjectNode row(Drill head, Moments moments) {
    return Json.of(
        "id", head.id(),
        "phase", head.phaseName(),
        "product", head.product(),
        "askedForBy", head.by(),
        "orderedAt", moments.from(head.orderedAt()));
  }

  private ObjectNode page(Operation<Drill, Bay> drill, String before, Moments moments) {
    return DrillPage.of(drill, store.journal(drill.head().id()), before, moments);
  }

  private Optional<Operation<Drill, Bay>> load(String id) {
    try {
      return store.load(DrillCourse.FORM, id);
    } catch (IllegalStateException anotherKind) {
      // The id of a rollout or a restore, which the store refuses to read as a drill.
      return Optional.empty();
    }
  }
}
