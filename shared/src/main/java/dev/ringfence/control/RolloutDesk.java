package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.operation.Operation;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers what operators ask of rollouts. Nothing in here throws for what was asked. */
public final class RolloutDesk {
  /** How a sentence ends that tells what would be done; whoever has buttons says it otherwise. */
  public static final String HOW_TO_CONFIRM =
      "; to do it, press Test again with what toConfirm shows.";

  private final Store store;
  private final InstantSource time;
  private final Stopping stopping;
  private final Confirming confirming;
  private final Lifting lifting;
  private final PlanPages plans;

  public RolloutDesk(Store store, Engine engine, World world, InstantSource time) {
    this.store = store;
    this.time = time;
    this.stopping = new Stopping(this, store, engine, time);
    this.confirming = new Confirming(this, store, engine, time);
    this.lifting = new Lifting(store, time);
    this.plans = new PlanPages(store, world);
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
      case Reading.Refused<JsonNode>(List<Problem> problems) ->
          Json.refusal(problems, RolloutUsage.usage());
      case Reading.Accepted<JsonNode>(JsonNode tree) when tree.isEmpty() -> RolloutUsage.answer();
      case Reading.Accepted<JsonNode>(JsonNode tree) ->
          switch (RolloutAskReader.read(tree)) {
            case Reading.Refused<RolloutAsk>(List<Problem> problems) ->
                Json.refusal(problems, RolloutUsage.usage());
            case Reading.Accepted<RolloutAsk>(RolloutAsk ask) ->
                answer(ask, new Caller(ask.by(), request));
          };
    };
  }

  private ObjectNode answer(RolloutAsk ask, Caller caller) {
    return switch (ask.action()) {
      case STATUS -> status(ask);
      case PLAN -> plan(ask);
      case HALT -> stopping.halt(ask, caller);
      case RESUME, APPROVE, SKIP_RING, ABORT -> confirming.take(ask, caller);
      case LIFT_QUARANTINE -> lifting.lift(ask, caller);
    };
  }

  private ObjectNode status(RolloutAsk ask) {
    String id = ask.id();
    if (id != null) {
      return load(id)
          .map(rollout -> {
            RolloutPage page = page(rollout, ask);
            return page.under(page.sentence());
          })
          .orElseGet(() -> unknown(ask));
    }
    List<Rollout> recent = recent(ask, head -> true);
    List<Rollout> open = recent.stream().filter(head -> !head.isFinal()).toList();
    if (open.size() == 1 && ask.product() != null) {
      return status(ask.naming(open.getFirst().id()));
    }
    return list(recent, open, ask);
  }

  private ObjectNode list(List<Rollout> recent, List<Rollout> open, RolloutAsk ask) {
    Moments moments = moments(ask);
    String which = ask.product() == null ? "" : " of " + ask.product();
    ObjectNode answer =
        Json.answer(
            open.isEmpty()
                ? "No rollout" + which + " is under way."
                : open.size()
                    + (open.size() == 1 ? " rollout" : " rollouts")
                    + which
                    + (open.size() == 1 ? " is" : " are")
                    + " under way: "
                    + titles(open)
                    + ".");
    answer.set("underWay", Json.rows(open, head -> row(head, moments)));
    List<Rollout> over = recent.stream().filter(Rollout::isFinal).toList();
    answer.set("endedLately", Json.rows(over, head -> row(head, moments)));
    ArrayNode more = answer.putArray("youCan");
    open.stream()
        .limit(Json.ROWS_MAX)
        .forEach(head -> more.add(Json.of("action", "status", "id", head.id())));
    open.stream()
        .limit(Json.ROWS_MAX)
        .forEach(head -> more.add(Json.of("action", "halt", "id", head.id())));
    return answer;
  }

  private static ObjectNode row(Rollout head, Moments moments) {
    Outlook outlook = new Outlook(head, Counts.of(List.of()), 0, moments);
    return Json.of(
        "id", head.id(),
        "product", head.release().product(),
        "channel", head.release().channel().name(),
        "version", head.release().version(),
        "phase", head.phaseName(),
        "since", moments.from(outlook.since()),
        "why", outlook.why());
  }

  private ObjectNode plan(RolloutAsk ask) {
    String id = ask.id();
    if (id != null) {
      return load(id).map(rollout -> plans.of(rollout, moments(ask))).orElseGet(() -> unknown(ask));
    }
    return plans.ofNext(ask, moments(ask));
  }

  /** One rollout with all that is told of it. */
  RolloutPage page(Operation<Rollout, Batch> rollout, RolloutAsk ask) {
    return page(rollout, restores(rollout.head()), moments(ask));
  }

  private RolloutPage page(
      Operation<Rollout, Batch> rollout, List<Operation<Restore, Ward>> restores, Moments moments) {
    return new RolloutPage(rollout, restores, store.journal(rollout.head().id()), moments);
  }

  /** The restores of what it hurt: those that it ordered, and those that people began for it. */
  private List<Operation<Restore, Ward>> restores(Rollout rollout) {
    Stream<String> ordered = rollout.orders().stream().map(Rollout.Order::restore);
    Stream<String> begun =
        store.recent(RestoreCourse.FORM).stream()
            .filter(restore -> restore.cause().equals(rollout.id()))
            .map(Restore::id);
    return Stream.concat(ordered, begun)
        .distinct()
        .flatMap(id -> store.load(RestoreCourse.FORM, id).stream())
        .toList();
  }

  /** One rollout as status answers it, together with what that was made of. */
  public Optional<Told> told(String id, ZoneId zone) {
    Moments moments = new Moments(zone, time.instant());
    return load(id)
        .map(rollout -> {
          List<Operation<Restore, Ward>> restores = restores(rollout.head());
          RolloutPage page = page(rollout, restores, moments);
          return new Told(page.under(page.sentence()), rollout, restores);
        });
  }

  /** A rollout, its restores, and what status answers about it. */
  public record Told(
      ObjectNode page, Operation<Rollout, Batch> rollout, List<Operation<Restore, Ward>> restores) {
    public Told {
      restores = List.copyOf(restores);
    }
  }

  /** A rollout of this id; an id of something else is nobody's here. */
  Optional<Operation<Rollout, Batch>> load(String id) {
    try {
      return store.load(RolloutCourse.FORM, id);
    } catch (IllegalStateException anotherKind) {
      // The id of a restore or a drill, which the store refuses to read as a rollout.
      return Optional.empty();
    }
  }

  /** The heads that the ask means by product, channel and version. */
  List<Rollout> recent(RolloutAsk ask, Predicate<Rollout> which) {
    return store.recent(RolloutCourse.FORM).stream()
        .filter(head -> ask.product() == null || ask.product().equals(head.release().product()))
        .filter(head -> ask.channel() == null || ask.channel() == head.release().channel())
        .filter(head -> ask.version() == null || ask.version().equals(head.release().version()))
        .filter(which)
        .toList();
  }

  Moments moments(RolloutAsk ask) {
    return new Moments(ask.zone(), time.instant());
  }

  /** There is no rollout of this id; what there is instead. */
  ObjectNode unknown(RolloutAsk ask) {
    List<Rollout> open = store.recent(RolloutCourse.FORM);
    String known = open.isEmpty() ? "there is none" : "there are " + titles(open);
    return Json.refusal(
        List.of(new Problem("id", "is no rollout of this account and Region; " + known)),
        RolloutUsage.usage());
  }

  static String titles(List<Rollout> heads) {
    String named =
        heads.stream()
            .limit(Json.ROWS_MAX)
            .map(head -> head.id() + " (" + head.phaseName() + ")")
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
    int more = heads.size() - Json.ROWS_MAX;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
