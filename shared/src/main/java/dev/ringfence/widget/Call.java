package dev.ringfence.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call by a dashboard: the widget's parameters, or a button's payload, with the context that
 * CloudWatch adds to either.
 *
 * @param describe whether only the widget's documentation is wanted
 * @param wish what a button wants of a desk; null when the page is only looked at
 * @param show the rollout to show with all its details; null for those under way
 * @param configured whether the wish stands in the dashboard itself, so that nobody pressed it
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html">
 *     Details about custom widgets</a>
 */
record Call(
    boolean describe,
    Theme theme,
    ZoneId zone,
    @Nullable Wish wish,
    @Nullable String show,
    boolean configured) {

  /** Whom a wish goes to; also its name in a button's payload. */
  enum Desk {
    ROLLOUT("rollout"),
    RESTORE("restore");

    private final String title;

    Desk(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * A wish as the desk takes it.
   *
   * @param ask the desk's own input
   */
  record Wish(Desk desk, ObjectNode ask) {}

  /** What goes into the journal when nobody wrote a reason. */
  private static final String NO_REASON = "asked for on the dashboard";

  private static final String SHOW = "show";

  static Call of(JsonNode event) {
    JsonNode context = event.path("widgetContext");
    ZoneId zone = zone(context);
    JsonNode show = event.path(SHOW);
    return new Call(
        event.path("describe").asBoolean(),
        context.path("theme").asText().equals("dark") ? Theme.DARK : Theme.LIGHT,
        zone,
        wish(event, context.path("forms").path("all"), zone),
        show.isTextual() ? show.textValue() : null,
        hasWish(context.path("params")));
  }

  private static boolean hasWish(JsonNode parameters) {
    for (Desk desk : Desk.values()) {
      if (parameters.has(desk.title())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Wish wish(JsonNode event, JsonNode form, ZoneId zone) {
    for (Desk desk : Desk.values()) {
      if (event.get(desk.title()) instanceof ObjectNode ask) {
        ObjectNode filled = ask.deepCopy();
        fill(filled, "reason", form, NO_REASON);
        fill(filled, "by", form, null);
        filled.put("zone", zone.getId());
        return new Wish(desk, filled);
      }
    }
    return null;
  }

  /** A payload's own word stands: it is what a person was shown before. */
  private static void fill(
      ObjectNode ask, String field, JsonNode form, @Nullable String otherwise) {
    String written = form.path(field).asText().strip();
    if (!ask.has(field) && !written.isEmpty()) {
      ask.put(field, written);
    } else if (!ask.has(field) && otherwise != null) {
      ask.put(field, otherwise);
    }
  }

  /** The dashboard's zone as an offset; CloudWatch does not tell its name. */
  private static ZoneId zone(JsonNode context) {
    long minutes = context.path("timezone").path("offsetInMinutes").asLong();
    long seconds = TimeUnit.MINUTES.toSeconds(minutes);
    boolean known = minutes != 0 && Math.abs(seconds) <= ZoneOffset.MAX.getTotalSeconds();
    return known ? ZoneOffset.ofTotalSeconds((int) seconds) : ZoneId.of("UTC");
  }
}
