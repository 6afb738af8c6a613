package dev.ringfence.policy;

import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Shape;
import dev.ringfence.release.json.Times;
import dev.ringfence.release.json.Values;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of a policy's values that are more than a number or a word. */
final class PolicyKinds {
  /** A command's Targets take 5 keys of 50 values each, so no ring needs a second call. */
  private static final int MAX_TAG_KEYS = 5;

  private static final int MAX_TAG_VALUES = 50;

  /** More rings than people can name are waves, and those are computed. */
  private static final int MAX_RINGS = 10;

  /** Four a day for a week; a rule that needs more is a Change Calendar. */
  private static final int MAX_WINDOWS = 28;

  /** Names that the plan gives to the rings it computes. */
  private static final Pattern COMPUTED_RINGS = Pattern.compile("pilot|canary|control|wave.*");

  /** Tag keys have 1 to 128 and values up to 256 characters (EC2 tag restrictions). */
  static final Kind<Map<String, List<String>>> TAGS =
      Groups.mapOf(
          Kinds.text(
              "tag", "[^\\p{Cc}\\p{Cs}]{1,128}", "a tag's key of 1 to 128 printable characters"),
          Groups.oneOrMany(
              Groups.listOf(
                  Kinds.text(
                      "text",
                      "[^\\p{Cc}\\p{Cs}]{0,256}",
                      "a tag's value of at most 256 printable characters"),
                  1,
                  MAX_TAG_VALUES)),
          1,
          MAX_TAG_KEYS);

  static final Kind<List<RingRule>> RINGS = Groups.listOf(ring(), 0, MAX_RINGS);
  static final Kind<List<MaintenanceWindow>> WINDOWS = Groups.listOf(window(), 0, MAX_WINDOWS);
  static final Kind<FailureBudget> FAILURE_BUDGET = failureBudget();
  static final Kind<RestorePointRule> RESTORE_POINT = restorePoint();

  private PolicyKinds() {}

  private static Kind<RingRule> ring() {
    Member<RingRule, String> name =
        Member.required(
            "name",
            Kinds.text("name", "[A-Za-z0-9_-]{1,32}", "at most 32 of letters, digits, _ -"),
            "what people call the ring",
            RingRule::name);
    Member<RingRule, Map<String, List<String>>> tags =
        Member.required("tags", TAGS, "which machines are in it", RingRule::tags);
    return Shape.of(
            "ring {name, tags}",
            List.of(name, tags),
            values -> new RingRule(values.get(name), values.get(tags)))
        .checking((values, path, problems) -> {
          if (COMPUTED_RINGS.matcher(values.get(name)).matches()) {
            problems.add(Path.member(path, name.name()), "must not be the name of a computed ring");
          }
        });
  }

  private static Kind<MaintenanceWindow> window() {
    Member<MaintenanceWindow, List<DayOfWeek>> days =
        Member.withDefault(
            "days",
            Groups.listOf(day(), 1, DayOfWeek.values().length),
            List.of(DayOfWeek.values()),
            "the days on which it opens",
            window -> List.copyOf(window.days()));
    Member<MaintenanceWindow, LocalTime> from =
        Member.required("from", wallTime(), "when it opens", MaintenanceWindow::from);
    Member<MaintenanceWindow, Duration> duration =
        Member.required(
            "duration",
            Times.duration(Setting.SHORTEST, MaintenanceWindow.LONGEST),
            "how long it stays open",
            MaintenanceWindow::duration);
    Member<MaintenanceWindow, ZoneId> zone =
        Member.required("zone", zone(), "whose wall the clock is on", MaintenanceWindow::zone);
    return Shape.of(
        "window {days, from, duration, zone}",
        List.of(days, from, duration, zone),
        values ->
            new MaintenanceWindow(
                EnumSet.copyOf(values.get(days)),
                values.get(from),
                values.get(duration),
                values.get(zone)));
  }

  private static Kind<DayOfWeek> day() {
    Map<String, DayOfWeek> byName = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      byName.put(abbreviated(day), day);
    }
    return Kinds.named(byName, PolicyKinds::abbreviated);
  }

  /** MON, TUE … as in schedules of AWS. */
  private static String abbreviated(DayOfWeek day) {
    return day.name().substring(0, "MON".length());
  }

  private static Kind<LocalTime> wallTime() {
    return Kinds.parsed(
        "time",
        Kinds.schemaOf("string"),
        "a time such as 22:30",
        LocalTime::parse,
        LocalTime::toString);
  }

  private static Kind<ZoneId> zone() {
    return Kinds.parsed(
        "time zone",
        Kinds.schemaOf("string"),
        "a time zone such as Europe/Zurich or UTC",
        ZoneId::of,
        ZoneId::getId);
  }

  private static Kind<FailureBudget> failureBudget() {
    Member<FailureBudget, Double> share =
        Member.required(
            "share", Kinds.share(), "share of the dispatched machines", FailureBudget::share);
    Member<FailureBudget, Integer> atLeast =
        Member.required(
            "atLeast",
            Kinds.count(1, Integer.MAX_VALUE),
            "so many are needed however few were dispatched",
            FailureBudget::atLeast);
    Member<FailureBudget, Integer> atMost =
        Member.optional(
            "atMost",
            Kinds.count(1, Integer.MAX_VALUE),
            "so many are enough however many were dispatched",
            FailureBudget::atMost);
    return Shape.of(
            "budget {share, atLeast, atMost}",
            List.of(share, atLeast, atMost),
            values ->
                new FailureBudget(values.get(share), values.get(atLeast), values.orNull(atMost)))
        .checking((values, path, problems) -> {
          Integer most = values.orNull(atMost);
          if (most != null && most < values.get(atLeast)) {
            problems.add(Path.member(path, atMost.name()), "must not be below atLeast");
          }
        });
  }

  private static Kind<RestorePointRule> restorePoint() {
    Member<RestorePointRule, Boolean> fresh =
        Member.optional(
            "fresh",
            Kinds.flag(),
            "true: one that is taken for this rollout",
            rule -> rule instanceof RestorePointRule.Fresh ? true : null);
    Member<RestorePointRule, Duration> reuse =
        Member.optional(
            "reuseYoungerThan",
            Times.duration(Setting.SHORTEST, Setting.LONGEST),
            "a completed one that is younger than this, else a fresh one",
            rule -> rule instanceof RestorePointRule.ReuseYoungerThan(Duration age) ? age : null);
    return Shape.of(
            "restore point {fresh} or {reuseYoungerThan}",
            List.of(fresh, reuse),
            values -> restorePointOf(values.orNull(reuse)))
        .checking((values, path, problems) -> eitherOr(fresh, reuse, values, path, problems));
  }

  private static RestorePointRule restorePointOf(@Nullable Duration age) {
    return age == null ? new RestorePointRule.Fresh() : new RestorePointRule.ReuseYoungerThan(age);
  }

  private static void eitherOr(
      Member<RestorePointRule, Boolean> fresh,
      Member<RestorePointRule, Duration> reuse,
      Values values,
      String path,
      Problems problems) {
    Boolean isFresh = values.orNull(fresh);
    if (isFresh != null && !isFresh) {
      problems.add(Path.member(path, fresh.name()), "must be true, or give reuseYoungerThan");
    } else if ((isFresh == null) == (values.orNull(reuse) == null)) {
      problems.add(path, "must be either {\"fresh\":true} or {\"reuseYoungerThan\":\"PT24H\"}");
    }
  }
}
