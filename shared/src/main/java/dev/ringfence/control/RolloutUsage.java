package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the function {@code rollout} says of itself. */
public final class RolloutUsage {
  /** The Lambda console's limit for the name of a test event. */
  public static final int NAME_CHARS_MAX = 25;

  /** Stands where the hash belongs that was shown; it fits nothing, so the plan is shown again. */
  static final String CONFIRM = "0".repeat(Confirm.CHARS);

  private static final String ID = "falcon-content-2026-11-03-2-c261963cff11";

  private RolloutUsage() {}

  static ObjectNode answer() {
    ObjectNode answer =
        Json.answer(
            "This function shows rollouts and takes an operator's wishes; paste one of the"
                + " examples. Nothing was changed.");
    answer.set("usage", usage());
    return answer;
  }

  static ObjectNode usage() {
    ObjectNode usage = Json.object();
    ObjectNode actions = usage.putObject("actions");
    actions.put("status", "what is under way and what ended lately; with id, all about one");
    actions.put("plan", "rings and who is left out: of a rollout, or of a product's next release");
    actions.put("halt", "stop at once and for good; needs no confirmation, and no id if only one");
    actions.put("resume", "let a rollout on hold go on; one that is over cannot be resumed");
    actions.put("approve", "start the restore of hurt machines where the policy says ASK");
    actions.put("skip-ring", "leave out what is left of a ring on hold, and open the next one");
    actions.put("abort", "stop for good without blaming the release: no quarantine");
    actions.put("lift-quarantine", "allow a quarantined version again");
    ObjectNode fields = usage.putObject("fields");
    fields.put("id", "a rollout, as status lists it");
    fields.put("product, channel, version", "instead of id");
    fields.put("reason", "why, one line for the journal; required for all that is confirmed");
    fields.put("paths", "for approve: [\"A\"] or [\"A\", \"B\"], which it is if left out");
    fields.put("olderPoints", "for approve: whether older ones may be tried; false if left out");
    fields.put("confirm", "the hash that the first call showed: press Test again with it");
    fields.put("by", "your name, for the journal; Lambda does not tell who you are");
    fields.put("zone", "in which times are told, such as Europe/Berlin; UTC if left out");
    examples().values().forEach(usage.putArray("examples")::add);
    return usage;
  }

  /**
   * What can be asked, ready to be sent, by names of at most {@value #NAME_CHARS_MAX} letters and
   * dashes, which is what the Lambda console takes as the name of a test event.
   */
  public static Map<String, ObjectNode> examples() {
    Map<String, ObjectNode> examples = new LinkedHashMap<>();
    examples.put("status-of-everything", Json.of("action", "status"));
    examples.put("status-of-one", Json.of("action", "status", "id", ID));
    examples.put(
        "plan-next-release",
        Json.of("action", "plan", "product", "falcon-content", "channel", "CONTENT"));
    examples.put(
        "halt-product", Json.of("action", "halt", "product", "falcon-content", "by", "anna"));
    examples.put(
        "halt-one",
        Json.of(
            "action", "halt", "id", ID, "reason", "checkout is slow since 03:10", "by", "anna"));
    examples.put(
        "abort-one",
        Json.of("action", "abort", "id", ID, "reason", "shipped to the wrong fleet", "by", "anna"));
    examples.put("lift-quarantine", lift());
    examples.put("lift-quarantine-confirm", lift().put("confirm", CONFIRM));
    return examples;
  }

  private static ObjectNode lift() {
    return Json.of(
        "action", "lift-quarantine",
        "product", "falcon-content",
        "version", "2026.11.03.2",
        "reason", "the vendor cleared it, ticket 4711",
        "by", "anna");
  }
}
