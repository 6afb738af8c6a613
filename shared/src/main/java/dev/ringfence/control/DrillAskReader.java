package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.DrillAsk.Action;
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

/** Reads what was asked of the function {@code drill}, or says by field what is wrong with it. */
final class DrillAskReader {
  /** Each costs a clone; all that are due are drilled by naming none. */
  static final int NAMED_MAX = 20;

  /** A system's name, a family, a boot mode and the ARN of a key. */
  private static final int CLASS_CHARS_MAX = 300;

  private static final Map<String, Action> ACTIONS =
      new TreeMap<>(
          Arrays.stream(Action.values())
              .collect(Collectors.toMap(Action::title, Function.identity())));

  private static final Member<DrillAsk, Action> ACTION =
      Member.required("action", Kinds.named(ACTIONS, Action::title), "what", DrillAsk::action);

  private static final Member<DrillAsk, String> ID =
      Member.optional("id", Fields.OPERATION, "a drill, as status lists it", DrillAsk::id);

  private static final Member<DrillAsk, String> PRODUCT =
      Member.optional(
          "product",
          Kinds.text("product", Release.PRODUCT, "a product: at most 64 of letters, digits, . _ -"),
          "whose machines",
          DrillAsk::product);

  private static final Member<DrillAsk, List<String>> MACHINES =
      Member.withDefault(
          "machines",
          Groups.listOf(
              Kinds.text(
                  "instance id",
                  "i-[0-9a-f]{8}([0-9a-f]{9})?",
                  "an EC2 instance's id such as i-0123456789abcdef0; a hybrid node (mi-…) has no"
                      + " EBS snapshot to rehearse with, and ARNs are not taken"),
              1,
              NAMED_MAX),
          List.of(),
          "the machines to drill",
          DrillAsk::machines);

  private static final Member<DrillAsk, List<String>> CLASSES =
      Member.withDefault(
          "classes",
          Groups.listOf(
              Kinds.text(
                  "class",
                  "[^\\p{Cc}\\p{Cs}]{1," + CLASS_CHARS_MAX + "}",
                  "a class as status with product shows it, such as Amazon Linux 2023 / m7g / uefi"
                      + " / not encrypted"),
              1,
              NAMED_MAX),
          List.of(),
          "the classes to drill",
          DrillAsk::classes);

  private static final Member<DrillAsk, String> REASON =
      Member.optional("reason", Fields.REASON, "why, for the journal", DrillAsk::reason);

  private static final Member<DrillAsk, String> CONFIRM =
      Member.optional("confirm", Fields.CONFIRM, "the hash that was shown", DrillAsk::confirm);

  private static final Member<DrillAsk, String> BY =
      Member.withDefault(
          "by", Fields.BY, Caller.NOBODY_NAMED, "who asks, for the journal", DrillAsk::by);

  private static final Member<DrillAsk, ZoneId> ZONE =
      Member.withDefault("zone", Fields.ZONE, Fields.UTC, "in which times are told", a -> a.zone());

  private static final Shape<DrillAsk> SHAPE =
      Shape.of(
              "input",
              List.of(ACTION, ID, PRODUCT, MACHINES, CLASSES, REASON, CONFIRM, BY, ZONE),
              DrillAskReader::ask)
          .checking(DrillAskReader::check);

  private DrillAskReader() {}

  static Reading<DrillAsk> read(JsonNode input) {
    return Reading.of(SHAPE, input, "");
  }

  private static void check(Values values, String path, Problems problems) {
    Action action = values.get(ACTION);
    boolean begins = action == Action.PLAN || action == Action.RUN;
    if (begins && values.orNull(ID) != null) {
      problems.add("id", "must be left out: a drill gets its id when it is planned");
    }
    if (!values.get(MACHINES).isEmpty() && !values.get(CLASSES).isEmpty()) {
      problems.add("classes", "must be left out beside machines, which stand for their classes");
    }
    if (!begins) {
      mustBeEmpty("machines", values.get(MACHINES), action, problems);
      mustBeEmpty("classes", values.get(CLASSES), action, problems);
    }
    if (action == Action.ABANDON && values.orNull(ID) == null) {
      problems.add("id", "is missing: it names the drill to abandon, as status lists it");
    }
    if (action == Action.ABANDON && values.orNull(REASON) == null) {
      problems.add("reason", "is missing: abandon goes into the journal with why");
    }
    if (action == Action.RUN && values.orNull(CONFIRM) == null) {
      problems.add("confirm", "is missing: ask for the plan first, which shows it");
    }
  }

  private static void mustBeEmpty(
      String field, List<String> named, Action action, Problems problems) {
    if (!named.isEmpty()) {
      problems.add(field, "must be left out: " + action.title() + " does not ask for it");
    }
  }

  private static DrillAsk ask(Values values) {
    return new DrillAsk(
        values.get(ACTION),
        values.orNull(ID),
        values.orNull(PRODUCT),
        values.get(MACHINES),
        values.get(CLASSES),
        values.orNull(REASON),
        values.orNull(CONFIRM),
        values.get(BY),
        values.get(ZONE));
  }
}
