package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the function {@code drill} says of itself. */
public final class DrillUsage {
  private static final String MACHINE = "i-0123456789abcdef0";
  private static final String DRILL = "drill-falcon-202611030300-0123456789ab";
  private static final String PRODUCT = "falcon";
  private static final String CLASS = "Amazon Linux 2023 / m7g / uefi / not encrypted";

  private DrillUsage() {}

  static ObjectNode answer() {
    ObjectNode answer =
        Json.answer(
            "This function rehearses restores on isolated clones; paste one of the examples."
                + " Nothing was changed.");
    answer.set("usage", usage());
    return answer;
  }

  static ObjectNode usage() {
    ObjectNode usage = Json.object();
    ObjectNode actions = usage.putObject("actions");
    actions.put(
        "status",
        "what is under way and what ended lately; with product, which classes are proven; with id,"
            + " all about one drill");
    actions.put("plan", "which machines would be drilled and from what; changes nothing");
    actions.put("run", "do what the plan showed; needs the plan's confirm");
    actions.put("abandon", "end a drill now and remove its clones; asks for a confirm");
    ObjectNode fields = usage.putObject("fields");
    fields.put("product", "whose machines; may be left out when only one product has drills");
    fields.put("machines", "EC2 instances by id, 1 to " + DrillAskReader.NAMED_MAX);
    fields.put("classes", "or classes as status with product shows them, one machine of each");
    fields.put("id", "a drill, as status lists it");
    fields.put("reason", "why, one line for the journal");
    fields.put("confirm", "the hash that the plan showed; it holds for 10 minutes at the least");
    fields.put("by", "your name, for the journal; Lambda does not tell who you are");
    fields.put("zone", "in which times are told, such as Europe/Berlin; UTC if left out");
    examples().values().forEach(usage.putArray("examples")::add);
    return usage;
  }

  /** What can be asked, ready to be sent; named like those of {@link RolloutUsage#examples()}. */
  public static Map<String, ObjectNode> examples() {
    Map<String, ObjectNode> examples = new LinkedHashMap<>();
    examples.put("status-of-everything", Json.of("action", "status"));
    examples.put("status-of-a-product", Json.of("action", "status", "product", PRODUCT));
    examples.put("plan-what-is-due", Json.of("action", "plan", "product", PRODUCT, "by", "anna"));
    examples.put("plan-one-machine", ofMachine("plan"));
    ObjectNode kind = Json.of("action", "plan", "product", PRODUCT);
    kind.putArray("classes").add(CLASS);
    examples.put("plan-one-class", kind);
    examples.put(
        "confirm-the-plan",
        ofMachine("run").put("by", "anna").put("confirm", RolloutUsage.CONFIRM));
    examples.put("abandon", Json.of("action", "abandon", "id", DRILL, "reason", "quota is needed"));
    return examples;
  }

  private static ObjectNode ofMachine(String action) {
    ObjectNode ask = Json.of("action", action, "product", PRODUCT);
    ask.putArray("machines").add(MACHINE);
    return ask;
  }
}
