package dev.ringfence.widget;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A rollout's rings, each as a bar of its machines with the same in words below it. */
final class RingBars {
  /**
   * A share of a bar.
   *
   * @param field as the desk's answer counts it
   * @param colour as the theme calls it
   */
  private record Share(String field, String title, String colour) {}

  private static final List<Share> SHARES =
      List.of(
          new Share("proven", "proven", "good"),
          new Share("inFlight", "in flight", "move"),
          new Share("hurt", "hurt", "hurt"),
          new Share("lostToTheirHosts", "lost to their hosts", "wait"),
          new Share("liveOnWithoutIt", "live on without it", "rest"),
          new Share("leftOut", "left out", "rest"),
          new Share("notYetUpdated", "not updated", "track"));

  private RingBars() {}

  static Html of(JsonNode rings) {
    Tag list = Tag.of("ol", "rf-rings");
    rings.forEach(ring -> list.add(row(ring)));
    return list;
  }

  private static Html row(JsonNode ring) {
    return Tag.of("li")
        .add(
            Tag.of("div", "rf-ring")
                .add(
                    Tag.of("strong").add(ring.path("ring").asText()),
                    Tag.of("span", "rf-soft").add(ring.path("is").asText())),
            bar(ring, ring.path("ring").asText()),
            Tag.of("div", "rf-small").add(inWords(ring)));
  }

  /** The machines that the counts of a row tell of, as one bar. */
  static Html bar(JsonNode counts, String title) {
    Tag bar =
        Tag.of("div", "rf-bar")
            .with("role", "img")
            .with("aria-label", title + ": " + inWords(counts));
    for (Share share : SHARES) {
      int machines = counts.path(share.field()).asInt();
      if (machines > 0) {
        bar.add(
            Tag.of("span")
                .with(
                    "style",
                    "flex-grow:" + machines + ";background:var(--rf-" + share.colour() + ")"));
      }
    }
    return bar;
  }

  static String inWords(JsonNode counts) {
    List<String> words = new ArrayList<>();
    for (Share share : SHARES) {
      int machines = counts.path(share.field()).asInt();
      if (machines > 0) {
        words.add(machines + " " + share.title());
      }
    }
    String of =
        counts.path("machines").asInt() == 1
            ? "1 machine"
            : counts.path("machines").asInt() + " machines";
    return words.isEmpty() ? of : of + ": " + String.join(", ", words);
  }
}
