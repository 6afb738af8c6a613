package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.RolloutAsk.Action;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.operation.Consent;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.Shape;
import dev.ringfence.release.json.Values;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what was asked of the function {@code rollout}, or says by field what is wrong with it. */
final class RolloutAskReader {
  private static final Map<String, Action> ACTIONS =
      new TreeMap<>(
          Arrays.stream(Action.values())
              .collect(Collectors.toMap(Action::title, Function.identity())));

  private static final Member<RolloutAsk, Action> ACTION =
      Member.required(
          "action", Kinds.named(ACTIONS, Action::title), "what to do", RolloutAsk::action);

  private static final Member<RolloutAsk, String> ID =
      Member.optional("id", Fields.OPERATION, "the rollout, as status lists it", RolloutAsk::id);

  private static final Member<RolloutAsk, String> PRODUCT =
      Member.optional(
          "product",
          Kinds.text("product", Release.PRODUCT, "a product: at most 64 of letters, digits, . _ -"),
          "the product of the releases",
          RolloutAsk::product);

  private static final Member<RolloutAsk, String> VERSION =
      Member.optional(
          "version",
          Kinds.text(
              "version",
              Release.VERSION,
              "a version: at most 64 of letters, digits, . _ + -, not a sign first"),
          "the release's version",
          RolloutAsk::version);

  private static final Member<RolloutAsk, Channel> CHANNEL =
      Member.optional(
          "channel", Kinds.oneOf(Channel.class), "the release's channel", RolloutAsk::channel);

  private static final Member<RolloutAsk, String> REASON =
      Member.optional("reason", Fields.REASON, "why, for the journal", RolloutAsk::reason);

  private static final Member<RolloutAsk, List<RootPath>> PATHS =
      Member.optional(
          "paths",
          Groups.listOf(Kinds.oneOf(RootPath.class), 1, RootPath.values().length),
          "how hurt machines may be restored",
          ask -> null);

  private static final Member<RolloutAsk, Boolean> OLDER_POINTS =
      Member.optional(
          "olderPoints", Kinds.flag(), "whether older restore points may be tried", ask -> null);

  private static final Member<RolloutAsk, String> CONFIRM =
      Member.optional("confirm", Fields.CONFIRM, "the hash that was shown", RolloutAsk::confirm);

  private static final Member<RolloutAsk, String> BY =
      Member.withDefault(
          "by", Fields.BY, Caller.NOBODY_NAMED, "who asks, for the journal", RolloutAsk::by);

  private static final Member<RolloutAsk, ZoneId> ZONE =
      Member.withDefault("zone", Fields.ZONE, Fields.UTC, "in which times are told", a -> a.zone());

  private static final Shape<RolloutAsk> SHAPE =
      Shape.of(
              "input",
              List.of(
                  ACTION,
                  ID,
                  PRODUCT,
                  VERSION,
                  CHANNEL,
                  REASON,
                  PATHS,
                  OLDER_POINTS,
                  CONFIRM,
                  BY,
                  ZONE),
              RolloutAskReader::ask)
          .checking(RolloutAskReader::check);

  private RolloutAskReader() {}

  static Reading<RolloutAsk> read(JsonNode input) {
    return Reading.of(SHAPE, input, "");
  }

  private static void check(Values values, String path, Problems problems) {
    Action action = values.get(ACTION);
    if (values.orNull(ID) != null && values.orNull(PRODUCT) != null) {
      problems.add("product", "must be left out beside id, which names one rollout already");
    }
    if (action.isConfirmed() && values.orNull(REASON) == null) {
      problems.add("reason", "is missing: " + action.title() + " goes into the journal with why");
    }
    checkConsent(values, action, problems);
    if (action == Action.LIFT_QUARANTINE) {
      require(values, PRODUCT, "whose version is lifted", problems);
      require(values, VERSION, "which is lifted", problems);
    }
  }

  private static void checkConsent(Values values, Action action, Problems problems) {
    List<RootPath> paths = values.orNull(PATHS);
    if (action != Action.APPROVE) {
      String mustNot = "must be left out: only approve restores machines";
      if (paths != null) {
        problems.add(PATHS.name(), mustNot);
      }
      if (values.orNull(OLDER_POINTS) != null) {
        problems.add(OLDER_POINTS.name(), mustNot);
      }
    } else if (paths != null && !paths.contains(RootPath.A)) {
      problems.add(PATHS.name(), "must contain A: B is gone only where EC2 refuses A or fails");
    }
  }

  private static Consent consent(Values values) {
    List<RootPath> paths = values.orNull(PATHS);
    Boolean older = values.orNull(OLDER_POINTS);
    return new Consent(
        paths == null ? Approval.UNLESS_SAID.exchange() : paths.contains(RootPath.B),
        older == null ? Approval.UNLESS_SAID.older() : older);
  }

  private static void require(
      Values values, Member<RolloutAsk, String> member, String what, Problems problems) {
    if (values.orNull(member) == null) {
      problems.add(member.name(), "is missing: the " + member.name() + " " + what);
    }
  }

  private static RolloutAsk ask(Values values) {
    return new RolloutAsk(
        values.get(ACTION),
        values.orNull(ID),
        values.orNull(PRODUCT),
        values.orNull(VERSION),
        values.orNull(CHANNEL),
        values.orNull(REASON),
        consent(values),
        values.orNull(CONFIRM),
        values.get(BY),
        values.get(ZONE));
  }
}
