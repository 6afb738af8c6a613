package dev.ringfence.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutDesk.Told;
import dev.ringfence.restore.PatientPhase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rollout with all that is known of it, as a card. */
final class RolloutCard {
  /** The newest lines of the journal; the console has the others. */
  private static final int JOURNAL_LINES = 6;

  private final Told told;
  private final JsonNode page;
  private final Button buttons;
  private final ZoneId zone;
  private final Instant now;

  RolloutCard(Told told, Button buttons, ZoneId zone, Instant now) {
    this.told = told;
    this.page = told.page();
    this.buttons = buttons;
    this.zone = zone;
    this.now = now;
  }

  Html html() {
    return Tag.of("section", "rf-card")
        .with("aria-label", "Rollout of " + title())
        .add(
            head(title(), page.path("channel").asText(), page.path("phase").asText()),
            Tag.of("p", "rf-why").add(page.path("why").asText()),
            Tag.of("p").add(Tag.of("strong").add("Next: ")).add(page.path("next").asText()),
            Tag.of("p", "rf-small")
                .add(
                    "Since "
                        + page.path("since").asText()
                        + "; accepted at "
                        + page.path("acceptedAt").asText()
                        + "; "
                        + page.path("id").asText()),
            Tag.of("div", "rf-buttons").add(wishes()),
            RingBars.of(page.path("rings")),
            new TimelineDrawing(Timeline.of(told, now), zone).html(),
            hurt(),
            restores(),
            journal());
  }

  private String title() {
    return page.path("product").asText() + " " + page.path("version").asText();
  }

  /** What it is, and the phase in a colour that says how much it wants a person. */
  static Html head(String title, String channel, String phase) {
    String colour =
        switch (phase) {
          case "QUEUED", "PLANNING", "RUNNING" -> "rf-move";
          case "HOLDING", "ENDING", "NEEDS_PERSON" -> "rf-wait";
          case "HALTING", "AFTERCARE", "HALTED" -> "rf-hurt";
          case "SUCCEEDED" -> "rf-good";
          default -> "rf-soft";
        };
    return Tag.of("div", "rf-head")
        .add(
            Tag.of("h3").add(title),
            Tag.of("span", "rf-badge " + colour).add(phase.replace('_', ' ')),
            Tag.of("span", "rf-small").add(channel));
  }

  private List<Html> wishes() {
    List<Html> all = new ArrayList<>();
    for (JsonNode offer : page.path("youCan")) {
      all.addAll(wish(offer.path("action").asText()));
    }
    int hurt = page.path("machines").path("hurt").asInt();
    if (hurt > 0 && back() < hurt) {
      ObjectNode plan = JsonNodeFactory.instance.objectNode();
      plan.putObject("restore").put("action", "plan").put("rollout", page.path("id").asText());
      all.addAll(buttons.of(Button.Look.QUIET, "Plan a restore", null, plan));
    }
    return all;
  }

  private List<Html> wish(String action) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.putObject("rollout").put("action", action).put("id", page.path("id").asText());
    return switch (action) {
      case "halt" ->
          buttons.of(
              Button.Look.DANGER,
              "Halt",
              "Halt "
                  + title()
                  + " for good? No further machine gets it, commands in flight are called back, and"
                  + " the version is quarantined.",
              payload);
      case "approve" -> buttons.of(Button.Look.MAIN, "Approve the restore …", null, payload);
      case "resume" -> buttons.of(Button.Look.QUIET, "Resume …", null, payload);
      case "skip-ring" -> buttons.of(Button.Look.QUIET, "Skip this ring …", null, payload);
      case "abort" -> buttons.of(Button.Look.QUIET, "Abort without blame …", null, payload);
      default -> List.of();
    };
  }

  /** What came of the machines that are through with a restore. */
  private Map<String, PatientPhase> ends() {
    Map<String, PatientPhase> ends = new HashMap<>();
    told.restores().stream()
        .flatMap(restore -> restore.parts().stream())
        .flatMap(ward -> ward.patients().stream())
        .filter(patient -> patient.phase().isFinal())
        .forEach(patient ->
            ends.merge(
                patient.machine(),
                patient.phase(),
                (one, other) -> one instanceof PatientPhase.Restored ? one : other));
    return ends;
  }

  private int back() {
    return (int) ends().values().stream().filter(PatientPhase.Restored.class::isInstance).count();
  }

  private Html hurt() {
    JsonNode rows = page.path("hurt");
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    Map<String, PatientPhase> ends = ends();
    Tag list = Tag.of("ul", "rf-list");
    rows.forEach(row -> list.add(hurt(row, ends.get(row.path("machine").asText()))));
    int hurt = page.path("machines").path("hurt").asInt();
    return details(hurt + " hurt, " + back() + " of them restored", hurt > 0, list);
  }

  private static Html hurt(JsonNode row, @Nullable PatientPhase end) {
    if (row.isTextual()) {
      return Tag.of("li").add(row.asText());
    }
    boolean restored = end instanceof PatientPhase.Restored;
    Tag item =
        Tag.of("li")
            .add(
                Tag.of("strong", restored ? "rf-back" : "rf-hurt")
                    .add(row.path("machine").asText()));
    if (restored) {
      item.add(Html.text(" "), Tag.of("span", "rf-badge rf-back").add("restored"));
    } else if (end instanceof PatientPhase.LeftAlone) {
      item.add(Html.text(" "), Tag.of("span", "rf-badge rf-back").add("came back by itself"));
    } else if (end instanceof PatientPhase.NeedsPerson) {
      item.add(Html.text(" "), Tag.of("span", "rf-badge rf-hurt").add("needs a person"));
    } else if (row.has("restore") && end == null) {
      item.add(Html.text(" "), Tag.of("span", "rf-badge rf-wait").add("in a restore"));
    }
    return item.add(
        Tag.of("div").add(row.path("seen").asText()),
        Tag.of("div", "rf-small")
            .add(
                row.path("zone").asText()
                    + ", since "
                    + row.path("since").asText()
                    + "; restore point: "
                    + row.path("restorePoint").asText()));
  }

  private Html restores() {
    JsonNode rows = page.path("restores");
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    Tag list = Tag.of("ul", "rf-list");
    rows.forEach(row -> list.add(restore(row)));
    return Tag.of("div").add(Tag.of("h4").add("Restores"), list);
  }

  private static Html restore(JsonNode row) {
    if (row.isTextual()) {
      return Tag.of("li").add(row.asText());
    }
    Tag item =
        Tag.of("li")
            .add(
                Tag.of("strong").add(row.path("id").asText()),
                Html.text(" "),
                Tag.of("span", "rf-badge rf-back").add(row.path("phase").asText()),
                Tag.of("div")
                    .add(
                        row.path("restored").asInt()
                            + " of "
                            + row.path("machines").asInt()
                            + " machines restored, "
                            + row.path("underWay").asInt()
                            + " under way"),
                Tag.of("div", "rf-small").add("Ordered at " + row.path("orderedAt").asText()));
    for (JsonNode person : row.path("needAPerson")) {
      item.add(
          Tag.of("div", "rf-wait")
              .add(
                  person.isTextual()
                      ? person.asText()
                      : person.path("machine").asText()
                          + " needs a person: "
                          + person.path("why").asText()));
    }
    return item;
  }

  private Html journal() {
    JsonNode lines = page.path("journal");
    Tag list = Tag.of("ul", "rf-list rf-small");
    for (int i = lines.size() - 1; i >= Math.max(0, lines.size() - JOURNAL_LINES); i--) {
      list.add(Tag.of("li").add(lines.get(i).asText()));
    }
    return lines.isEmpty() ? Html.NONE : details("Journal, the newest first", false, list);
  }

  private static Html details(String summary, boolean open, Html content) {
    return Tag.of("details")
        .with("open", open ? "" : null)
        .add(Tag.of("summary").add(summary), content);
  }
}
