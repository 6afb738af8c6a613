package dev.ringfence.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.widget.Call.Desk;
import java.util.List;

/** A desk's answer to a wish: its sentence, its plan, and what is left to confirm. */
final class Notice {
  /** As a person reads the desk's sentence who has a button instead of a Test tab. */
  private static final String BY_BUTTON = ". Confirm it below, or leave it.";

  private final Button buttons;

  Notice(Button buttons) {
    this.buttons = buttons;
  }

  /** Something that has no plan and nothing to confirm. */
  static Html of(String sentence) {
    return frame("rf-wait").add(Tag.of("p").add(sentence));
  }

  /** The answer to a wish. */
  Html of(Desk desk, ObjectNode answer) {
    boolean refused = answer.has("problems");
    String sentence = answer.path("answer").asText().replace(RolloutDesk.HOW_TO_CONFIRM, BY_BUTTON);
    Tag notice = frame(refused ? "rf-hurt" : "rf-move").add(Tag.of("p", "rf-why").add(sentence));
    if (refused) {
      notice.add(problems(answer.path("problems")));
    }
    if (desk == Desk.RESTORE) {
      notice.add(machines(answer.path("machines")));
    }
    return answer.get("toConfirm") instanceof ObjectNode toConfirm
        ? notice.add(Tag.of("div", "rf-buttons").add(confirm(desk, toConfirm)).add(leave()))
        : notice;
  }

  private static Tag frame(String colour) {
    return Tag.of("div", "rf-card rf-notice " + colour).with("role", "status");
  }

  private List<Html> confirm(Desk desk, ObjectNode toConfirm) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.set(desk.title(), toConfirm);
    String action = toConfirm.path("action").asText();
    String label = desk == Desk.RESTORE ? "Confirm the restore" : "Confirm " + action;
    String question =
        desk == Desk.RESTORE
            ? "Replace the root volumes of these machines now? What was written to them since their"
                + " restore points is gone."
            : "Really " + action + "?";
    return buttons.of(Button.Look.DANGER, label, question, payload);
  }

  private List<Html> leave() {
    return buttons.of(Button.Look.QUIET, "Leave it", null, JsonNodeFactory.instance.objectNode());
  }

  private static Html problems(JsonNode problems) {
    Tag list = Tag.of("ul", "rf-list");
    for (JsonNode problem : problems) {
      list.add(
          Tag.of("li")
              .add(
                  problem.isTextual()
                      ? problem.asText()
                      : problem.path("field").asText() + " " + problem.path("message").asText()));
    }
    return list;
  }

  private static Html machines(JsonNode machines) {
    if (machines.isEmpty()) {
      return Html.NONE;
    }
    Tag list = Tag.of("ul", "rf-list");
    machines.forEach(machine -> list.add(machine(machine)));
    return list;
  }

  private static Html machine(JsonNode machine) {
    if (machine.isTextual()) {
      return Tag.of("li").add(machine.asText());
    }
    Tag item = Tag.of("li").add(Tag.of("strong").add(machine.path("machine").asText()));
    line(item, "", machine.path("is"));
    line(item, "EC2 says it is ", machine.path("isNow"));
    line(item, "How: ", machine.path("path"));
    line(item, "Not restored, because ", machine.path("because"));
    line(item, "Goes back to ", machine.path("goesBackTo"));
    line(item, "Taken at ", machine.path("takenAt"));
    line(item, "Loses ", machine.path("loses"));
    line(item, "Keeps ", machine.path("keeps"));
    line(item, "Seen: ", machine.path("seen"));
    return item;
  }

  private static void line(Tag item, String before, JsonNode value) {
    if (value.isTextual() && !value.asText().isEmpty()) {
      item.add(Tag.of("div", "rf-small").add(before + value.asText()));
    }
  }
}
