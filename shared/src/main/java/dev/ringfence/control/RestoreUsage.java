package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the function {@code restore} says of itself. */
public final class RestoreUsage {
  private static final String MACHINE = "i-0123456789abcdef0";
  private static final String ROLLOUT = "falcon-content-2026-11-03-2-c261963cff11";

  private static final String RESTORE = "falcon-content-restore-79f57593caa8";

  private RestoreUsage() {}

  static ObjectNode answer() {
    ObjectNode answer =
        Json.answer(
            "This function brings machines back from their restore points; paste one of the"
                + " examples. Nothing was changed.");
    answer.set("usage", usage());
    return answer;
  }

  static ObjectNode usage() {
    ObjectNode usage = Json.object();
    ObjectNode actions = usage.putObject("actions");
    actions.put("status", "what is under way and what ended lately; with id, all about one");
    actions.put("plan", "what would happen to which machine, losing what; changes nothing");
    actions.put("run", "do what the plan showed; needs the plan's confirm");
    actions.put("halt", "stop a restore, named by id; whoever is not back is left to a person");
    ObjectNode fields = usage.putObject("fields");
    fields.put("id", "a restore, as status lists it");
    fields.put("machines", "EC2 instances by id, 1 to " + RestoreAskReader.MACHINES_MAX);
    fields.put("rollout", "instead of machines: all that it hurt and that are not back");
    fields.put("point", "newest (older than the update), or a snapshot's id for one machine");
    fields.put(
        "path", "A (EC2 replaces the root), or B (the machine is stopped); default: A if open");
    fields.put("volumes", "data volumes that go back too, by device or id; on path B only");
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
    examples.put("plan-one-machine", ofMachine("plan").put("by", "anna"));
    examples.put("plan-all-of-a-rollout", Json.of("action", "plan", "rollout", ROLLOUT));
    examples.put("plan-older-point", ofMachine("plan").put("point", "snap-0123456789abcdef0"));
    examples.put("plan-by-path-b", ofMachine("plan").put("path", "B"));
    ObjectNode withData = ofMachine("plan").put("by", "anna");
    withData.putArray("volumes").add("/dev/sdf");
    examples.put("plan-with-a-data-volume", withData);
    examples.put(
        "confirm-the-plan",
        ofMachine("run").put("confirm", RolloutUsage.CONFIRM).put("by", "anna"));
    examples.put("halt-a-restore", Json.of("action", "halt", "id", RESTORE, "by", "anna"));
    return examples;
  }

  private static ObjectNode ofMachine(String action) {
    ObjectNode ask = Json.of("action", action);
    ask.putArray("machines").add(MACHINE);
    return ask;
  }
}
