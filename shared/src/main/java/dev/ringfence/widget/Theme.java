package dev.ringfence.widget;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dashboard's two themes. Every text colour has a contrast of at least 4.5 to 1 on every ground
 * that it is written on (WCAG 2.2, 1.4.3), and bars and lines at least 3 to 1 (1.4.11).
 */
enum Theme {
  LIGHT(
      Map.ofEntries(
          Map.entry("ground", "#ffffff"),
          Map.entry("panel", "#f4f6f8"),
          Map.entry("edge", "#c5ccd3"),
          Map.entry("text", "#16191f"),
          Map.entry("soft", "#4a545e"),
          Map.entry("good", "#1a7335"),
          Map.entry("move", "#0b5cad"),
          Map.entry("hurt", "#b3261e"),
          Map.entry("back", "#6a3fa0"),
          Map.entry("wait", "#7d4b00"),
          Map.entry("rest", "#7a838c"),
          Map.entry("track", "#e2e6ea"),
          Map.entry("press", "#ffffff"))),
  DARK(
      Map.ofEntries(
          Map.entry("ground", "#10151c"),
          Map.entry("panel", "#19212b"),
          Map.entry("edge", "#42505f"),
          Map.entry("text", "#e9edf2"),
          Map.entry("soft", "#aeb9c4"),
          Map.entry("good", "#4cc38a"),
          Map.entry("move", "#6cb2ff"),
          Map.entry("hurt", "#ff8b82"),
          Map.entry("back", "#c4a1ff"),
          Map.entry("wait", "#f0b429"),
          Map.entry("rest", "#8d99a6"),
          Map.entry("track", "#2b3541"),
          Map.entry("press", "#0b1017")));

  /** What is written upon. */
  static final List<String> GROUNDS = List.of("ground", "panel");

  /** What words are written in. */
  static final List<String> INKS = List.of("text", "soft", "good", "move", "hurt", "back", "wait");

  /** What buttons are filled with; their label is written in {@code press}. */
  static final List<String> FILLS = List.of("move", "hurt");

  // The JDK has no type for sorted maps that nobody can change; nobody here does.
  @SuppressWarnings("ImmutableEnumChecker")
  private final TreeMap<String, String> colours;

  Theme(Map<String, String> colours) {
    this.colours = new TreeMap<>(colours);
  }

  /** A colour as six hexadecimal digits behind a number sign. */
  String colour(String name) {
    String colour = colours.get(name);
    if (colour == null) {
      throw new IllegalArgumentException("no colour is called " + name);
    }
    return colour;
  }

  /** The colours as custom properties of CSS. */
  String properties() {
    StringBuilder css = new StringBuilder();
    colours.forEach((name, colour) -> css.append("--rf-" + name + ":" + colour + ";"));
    return css.toString();
  }
}
