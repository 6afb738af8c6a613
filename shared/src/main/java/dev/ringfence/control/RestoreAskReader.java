package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.RestoreAsk.Action;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kind;
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

/** Reads what was asked of the function {@code restore}, or says by field what is wrong with it. */
final class RestoreAskReader {
  /**
   * More than anybody names by hand; all that a rollout hurt are restored by naming the rollout.
   */
  static final int MACHINES_MAX = 100;

  /** As many as an instance may have attached is far above; nobody restores more by name. */
  private static final int DATA_VOLUMES_MAX = 20;

  private static final Map<String, Action> ACTIONS =
      new TreeMap<>(
          Arrays.stream(Action.values())
              .collect(Collectors.toMap(Action::title, Function.identity())));

  private static final Kind<String> MACHINE =
      Kinds.text(
          "instance id",
          "i-[0-9a-f]{8}([0-9a-f]{9})?",
          "an EC2 instance's id such as i-0123456789abcdef0; a hybrid node (mi-…) has no EBS"
              + " snapshot to go back to, and ARNs are not taken");

  private static final Member<RestoreAsk, Action> ACTION =
      Member.required(
          "action", Kinds.named(ACTIONS, Action::title), "what to do", RestoreAsk::action);

  private static final Member<RestoreAsk, String> ID =
      Member.optional("id", Fields.OPERATION, "a restore, as status lists it", RestoreAsk::id);

  private static final Member<RestoreAsk, List<String>> MACHINES =
      Member.withDefault(
          "machines",
          Groups.listOf(MACHINE, 1, MACHINES_MAX),
          List.of(),
          "the machines to bring back",
          RestoreAsk::machines);

  private static final Member<RestoreAsk, String> ROLLOUT =
      Member.optional("rollout", Fields.OPERATION, "what hurt them", RestoreAsk::rollout);

  private static final Member<RestoreAsk, String> POINT =
      Member.withDefault(
          "point",
          Kinds.text(
              "restore point",
              "newest|snap-[0-9a-f]{8}([0-9a-f]{9})?",
              "newest, or a snapshot's id such as snap-0123456789abcdef0"),
          RestoreAsk.NEWEST,
          "what they go back to",
          RestoreAsk::point);

  private static final Member<RestoreAsk, RootPath> PATH =
      Member.optional(
          "path",
          Kinds.oneOf(RootPath.class),
          "A, or B, which stops the machines; the one that costs less if left out",
          RestoreAsk::path);

  private static final Member<RestoreAsk, List<String>> VOLUMES =
      Member.withDefault(
          "volumes",
          Groups.listOf(
              Kinds.text(
                  "data volume",
                  "(/dev/)?[a-z][a-z0-9]{1,9}|vol-[0-9a-f]{8}([0-9a-f]{9})?",
                  "a device such as /dev/sdf, or a volume's id such as vol-0123456789abcdef0"),
              0,
              DATA_VOLUMES_MAX),
          List.of(),
          "data volumes that go back too, and lose what was written since",
          RestoreAsk::volumes);

  private static final Member<RestoreAsk, String> REASON =
      Member.optional("reason", Fields.REASON, "why, for the journal", RestoreAsk::reason);

  private static final Member<RestoreAsk, String> CONFIRM =
      Member.optional("confirm", Fields.CONFIRM, "the hash that was shown", RestoreAsk::confirm);

  private static final Member<RestoreAsk, String> BY =
      Member.withDefault(
          "by", Fields.BY, Caller.NOBODY_NAMED, "who asks, for the journal", RestoreAsk::by);

  private static final Member<RestoreAsk, ZoneId> ZONE =
      Member.withDefault("zone", Fields.ZONE, Fields.UTC, "in which times are told", a -> a.zone());

  private static final Shape<RestoreAsk> SHAPE =
      Shape.of(
              "input",
              List.of(
                  ACTION, ID, MACHINES, ROLLOUT, POINT, PATH, VOLUMES, REASON, CONFIRM, BY, ZONE),
              RestoreAskReader::ask)
          .checking(RestoreAskReader::check);

  private RestoreAskReader() {}

  static Reading<RestoreAsk> read(JsonNode input) {
    return Reading.of(SHAPE, input, "");
  }

  private static void check(Values values, String path, Problems problems) {
    boolean named = !values.get(MACHINES).isEmpty();
    Action action = values.get(ACTION);
    if (action == Action.HALT && values.orNull(ID) == null) {
      problems.add("id", "is missing: name the restore to halt, as status lists it");
    }
    boolean plans = action == Action.PLAN || action == Action.RUN;
    if (plans && !named && values.orNull(ROLLOUT) == null) {
      problems.add("machines", "is missing: name machines, or the rollout that hurt them");
    }
    if (!values.get(POINT).equals(RestoreAsk.NEWEST) && values.get(MACHINES).size() != 1) {
      problems.add("point", "must be newest unless exactly one machine is named");
    }
    if (!values.get(VOLUMES).isEmpty()) {
      checkVolumes(values, problems);
    }
    if (action == Action.RUN && values.orNull(CONFIRM) == null) {
      problems.add("confirm", "is missing: ask for the plan first, which shows it");
    }
  }

  private static void checkVolumes(Values values, Problems problems) {
    if (values.get(MACHINES).isEmpty()) {
      problems.add("volumes", "must be left out unless machines are named: they lose data");
    }
    if (values.orNull(PATH) == RootPath.A) {
      problems.add("volumes", "need path B: EC2 replaces root volumes only");
    }
  }

  private static RestoreAsk ask(Values values) {
    return new RestoreAsk(
        values.get(ACTION),
        values.orNull(ID),
        values.get(MACHINES),
        values.orNull(ROLLOUT),
        values.get(POINT),
        values.orNull(PATH),
        values.get(VOLUMES),
        values.orNull(REASON),
        values.orNull(CONFIRM),
        values.get(BY),
        values.get(ZONE));
  }
}
