package dev.ringfence.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.engine.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The whole page: who is under way, what ended lately, and what was rehearsed. */
final class Board {
  /** Rollouts with all their details; further ones are listed and can be opened. */
  private static final int CARDS_MAX = 3;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private final RolloutDesk rollouts;
  private final Store store;
  private final Call call;
  private final Button buttons;
  private final String request;
  private final Instant now;

  Board(RolloutDesk rollouts, Store store, Call call, Button buttons, String request, Instant now) {
    this.rollouts = rollouts;
    this.store = store;
    this.call = call;
    this.buttons = buttons;
    this.request = request;
    this.now = now;
  }

  /**
   * The page as HTML.
   *
   * @param notice what a wish was answered, or nothing
   */
  String html(Html notice) {
    ObjectNode ask = JsonNodeFactory.instance.objectNode();
    ask.put("action", "status").put("zone", call.zone().getId());
    JsonNode list = rollouts.answer(ask.toString().getBytes(StandardCharsets.UTF_8), request);
    List<String> shown = shown(list);
    Tag page = Tag.of("div", "rf").with("lang", "en").add(Style.of(call.theme()));
    // CloudWatch leaves its own style off where an element of this class is.
    page.add(Tag.of("div", "cwdb-no-default-styles"), top(list), notice, form());
    shown.forEach(id ->
        rollouts
            .told(id, call.zone())
            .ifPresent(told -> page.add(new RolloutCard(told, buttons, call.zone(), now).html())));
    page.add(rows("Also under way", list.path("underWay"), shown));
    page.add(rows("Ended lately", list.path("endedLately"), shown));
    page.add(Rehearsals.of(store.proofs(), store.recent(DrillCourse.FORM), now));
    StringBuilder html = new StringBuilder();
    page.into(html);
    return html.toString();
  }

  /** The one that was asked for, else those under way, else the one that ended last. */
  private List<String> shown(JsonNode list) {
    String show = call.show();
    if (show != null) {
      return List.of(show);
    }
    List<String> open = new ArrayList<>();
    list.path("underWay").forEach(row -> open.add(row.path("id").asText()));
    if (open.isEmpty() && !list.path("endedLately").isEmpty()) {
      return List.of(list.path("endedLately").path(0).path("id").asText());
    }
    return open.stream().limit(CARDS_MAX).toList();
  }

  private Html top(JsonNode list) {
    return Tag.of("div", "rf-top")
        .add(Tag.of("h2").add(summary(list)))
        .add(
            Tag.of("div", "rf-top")
                .add(
                    Tag.of("span", "rf-small")
                        .add("As of " + CLOCK.format(now.atZone(call.zone()))))
                .add(
                    buttons.of(
                        Button.Look.QUIET,
                        call.show() == null ? "Refresh" : "Show all",
                        null,
                        JsonNodeFactory.instance.objectNode())));
  }

  private static String summary(JsonNode list) {
    int open = list.path("underWay").size();
    return switch (open) {
      case 0 -> "No rollout is under way";
      case 1 -> "1 rollout is under way";
      default -> open + " rollouts are under way";
    };
  }

  /** What the journal shall say; two fields and no submit, so that Enter sends nothing. */
  private static Html form() {
    return Tag.of("form", "rf-form")
        .add(field("Reason for the journal", "reason"), field("Your name", "by"));
  }

  private static Html field(String label, String name) {
    return Tag.of("label")
        .add(Tag.of("span").add(label))
        .add(Tag.of("input").with("type", "text").with("name", name).with("autocomplete", "off"));
  }

  private Html rows(String title, JsonNode rows, List<String> shown) {
    Tag list = Tag.of("ul", "rf-list");
    int count = 0;
    for (JsonNode row : rows) {
      if (!shown.contains(row.path("id").asText())) {
        list.add(row(row));
        count++;
      }
    }
    return count == 0
        ? Html.NONE
        : Tag.of("section", "rf-card").with("aria-label", title).add(Tag.of("h3").add(title), list);
  }

  private Html row(JsonNode row) {
    if (row.isTextual()) {
      return Tag.of("li").add(row.asText());
    }
    ObjectNode show = JsonNodeFactory.instance.objectNode().put("show", row.path("id").asText());
    return Tag.of("li")
        .add(
            RolloutCard.head(
                row.path("product").asText() + " " + row.path("version").asText(),
                row.path("channel").asText(),
                row.path("phase").asText()),
            Tag.of("div").add(row.path("why").asText()),
            Tag.of("div", "rf-small").add("Since " + row.path("since").asText()))
        .add(Tag.of("div", "rf-buttons").add(buttons.of(Button.Look.QUIET, "Show", null, show)));
  }
}
