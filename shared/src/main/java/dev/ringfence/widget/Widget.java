package dev.ringfence.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RestoreDesk;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.engine.Store;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Answers a dashboard: the page, a button's wish with the page below it, or the documentation. */
public final class Widget {
  /** A payload of a button and CloudWatch's context are some kilobytes. */
  private static final int EVENT_BYTES_MAX = 256 * 1024;

  private static final String DOCUMENTATION =
      """
      ## Ringfence

      Shows the rollouts of this cell: their rings with progress, phase, reason and next step, hurt and
      restored machines, a timeline, and what drills have proven. Its buttons halt a rollout, approve
      or plan a restore and confirm it; each asks before it changes anything, and the journal keeps the
      reason and name that are written above them.

      ### Widget parameters

      Param | Description
      ---|---
      **show** | Optional: the id of one rollout to show instead of those under way
      """;

  private final RolloutDesk rollouts;
  private final RestoreDesk restores;
  private final Store store;
  private final InstantSource time;

  public Widget(RolloutDesk rollouts, RestoreDesk restores, Store store, InstantSource time) {
    this.rollouts = rollouts;
    this.restores = restores;
    this.store = store;
    this.time = time;
  }

  /**
   * Answers one call.
   *
   * @param event as CloudWatch sends it, UTF-8
   * @param request Lambda's id of the request, for the journal
   * @param endpoint the ARN that the function was invoked by, which its buttons call again
   * @return HTML, or Markdown when {@code describe} was asked
   */
  public String answer(byte[] event, String request, String endpoint) {
    return switch (StrictJson.parse(event, EVENT_BYTES_MAX, "event")) {
      case Reading.Refused<JsonNode>(List<Problem> problems) ->
          "<p>" + Html.escaped("Nothing was changed: " + problems.getFirst() + ".") + "</p>";
      case Reading.Accepted<JsonNode>(JsonNode tree) -> {
        Call call = Call.of(tree);
        yield call.describe() ? DOCUMENTATION : page(call, request, new Button(endpoint));
      }
    };
  }

  private String page(Call call, String request, Button buttons) {
    Html notice = notice(call, request, buttons);
    return new Board(rollouts, store, call, buttons, request, time.instant()).html(notice);
  }

  private Html notice(Call call, String request, Button buttons) {
    Call.Wish wish = call.wish();
    if (wish == null) {
      return Html.NONE;
    }
    if (call.configured()) {
      return Notice.of(
          "Nothing was changed: this wish stands in the dashboard itself, which makes it again at"
              + " each look. Take it out of the widget's parameters and use the buttons.");
    }
    byte[] ask = wish.ask().toString().getBytes(StandardCharsets.UTF_8);
    ObjectNode answer =
        switch (wish.desk()) {
          case ROLLOUT -> rollouts.answer(ask, request);
          case RESTORE -> restores.answer(ask, request);
        };
    return new Notice(buttons).of(wish.desk(), answer);
  }
}
