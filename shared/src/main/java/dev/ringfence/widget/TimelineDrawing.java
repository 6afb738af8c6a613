package dev.ringfence.widget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws a timeline as SVG, which stretches to the widget's width; so its words stand beside it as
 * HTML and keep their size.
 */
final class TimelineDrawing {
  /** The drawing's own units; the browser stretches them. */
  private static final int WIDTH = 600;

  private static final int HEIGHT = 120;

  /** Lines at the very edge would be cut in half. */
  private static final int EDGE = 4;

  /** Each line runs on a little behind the last moment, so that a step there can be seen. */
  private static final int TAIL = 12;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMM d, HH:mm", Locale.ENGLISH);

  private final Timeline line;
  private final ZoneId zone;

  TimelineDrawing(Timeline line, ZoneId zone) {
    this.line = line;
    this.zone = zone;
  }

  Html html() {
    if (line.most() == 0) {
      return Html.NONE;
    }
    return Tag.of("figure", "rf-line").add(legend(), drawing(), axis());
  }

  private Html drawing() {
    Tag svg =
        Tag.of("svg")
            .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
            .with("preserveAspectRatio", "none")
            .with("role", "img")
            .with("aria-label", inWords());
    for (int quarter = 0; quarter <= 2; quarter++) {
      int y = EDGE + quarter * (HEIGHT - 2 * EDGE) / 2;
      svg.add(stroke("edge", "", "0," + y + " " + WIDTH + "," + y, "1"));
    }
    Instant halted = line.halted();
    if (halted != null) {
      int x = x(halted);
      svg.add(stroke("text", "4 4", x + ",0 " + x + "," + HEIGHT, "1.5"));
    }
    line.series().stream()
        .filter(series -> series.count() > 0)
        .forEach(series -> svg.add(stroke(series.colour(), series.dashes(), points(series), "2")));
    return svg;
  }

  private static Html stroke(String colour, String dashes, String points, String width) {
    return Tag.of("polyline")
        .with("points", points)
        .with("fill", "none")
        .with("stroke", "var(--rf-" + colour + ")")
        .with("stroke-width", width)
        .with("stroke-dasharray", dashes.isEmpty() ? null : dashes)
        .with("vector-effect", "non-scaling-stroke");
  }

  /** Steps; of many in one place only the last is drawn, so that a large fleet is no large page. */
  private String points(Timeline.Series series) {
    TreeMap<Integer, Integer> heights = new TreeMap<>();
    int count = 0;
    for (Instant moment : series.moments()) {
      count++;
      heights.put(x(moment), count);
    }
    List<String> points = new ArrayList<>();
    int before = y(0);
    points.add("0," + before);
    for (var step : heights.entrySet()) {
      points.add(step.getKey() + "," + before);
      before = y(step.getValue());
      points.add(step.getKey() + "," + before);
    }
    points.add(WIDTH + "," + before);
    return String.join(" ", points);
  }

  private int x(Instant moment) {
    long whole = Math.max(1, Duration.between(line.from(), line.to()).toMillis());
    long part = Duration.between(line.from(), moment).toMillis();
    return Math.clamp(EDGE + part * (WIDTH - EDGE - TAIL) / whole, EDGE, WIDTH - TAIL);
  }

  private int y(int count) {
    return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * count / Math.max(1, line.most());
  }

  private Html legend() {
    Tag legend = Tag.of("figcaption", "rf-legend");
    for (Timeline.Series series : line.series()) {
      Tag sample =
          Tag.of("svg", "rf-sample")
              .with("viewBox", "0 0 24 8")
              .with("aria-hidden", "true")
              .add(stroke(series.colour(), series.dashes(), "0,4 24,4", "2"));
      legend.add(Tag.of("span").add(sample).add(" " + series.count() + " " + series.title()));
    }
    Instant halted = line.halted();
    if (halted != null) {
      Tag sample =
          Tag.of("svg", "rf-sample")
              .with("viewBox", "0 0 24 8")
              .with("aria-hidden", "true")
              .add(stroke("text", "4 4", "0,4 24,4", "1.5"));
      legend.add(Tag.of("span").add(sample).add(" halt at " + time(halted)));
    }
    return legend;
  }

  private Html axis() {
    return Tag.of("div", "rf-axis")
        .add(
            Tag.of("span").add(time(line.from())),
            Tag.of("span").add("machines, up to " + line.most()),
            Tag.of("span").add(time(line.to())));
  }

  private String inWords() {
    String counts =
        line.series().stream()
            .map(series -> series.count() + " " + series.title())
            .collect(Collectors.joining(", "));
    Instant halted = line.halted();
    return "Machines over time, from "
        + time(line.from())
        + " to "
        + time(line.to())
        + ": "
        + counts
        + (halted == null ? "" : "; halt at " + time(halted));
  }

  private String time(Instant moment) {
    boolean oneDay = Duration.between(line.from(), line.to()).toDays() == 0;
    return (oneDay ? CLOCK : DAY).format(moment.atZone(zone));
  }
}
