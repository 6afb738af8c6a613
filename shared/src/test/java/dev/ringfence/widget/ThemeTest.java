package dev.ringfence.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThemeTest {
  /** WCAG 2.2, 1.4.3: words of normal size. */
  private static final double WORDS = 4.5;

  /** WCAG 2.2, 1.4.11: what is no word and still must be seen. */
  private static final double SHAPES = 3;

  @ParameterizedTest
  @EnumSource(Theme.class)
  void words_canBeReadOnEveryGround(Theme theme) {
    for (String ground : Theme.GROUNDS) {
      for (String ink : Theme.INKS) {
        assertContrast(theme, ink, ground, WORDS);
      }
    }
    for (String fill : Theme.FILLS) {
      assertContrast(theme, "press", fill, WORDS);
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void barsAndFrames_canBeSeen(Theme theme) {
    for (String shape : new String[] {"good", "move", "hurt", "back", "wait", "rest"}) {
      assertContrast(theme, shape, "panel", SHAPES);
    }
    assertContrast(theme, "good", "track", SHAPES);
    assertContrast(theme, "hurt", "track", SHAPES);
  }

  private static void assertContrast(Theme theme, String one, String other, double least) {
    double contrast = contrast(luminance(theme.colour(one)), luminance(theme.colour(other)));
    assertTrue(contrast >= least, theme + ": " + one + " on " + other + " is " + contrast);
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  private static double luminance(String colour) {
    assertEquals(7, colour.length(), colour);
    double[] weights = {0.2126, 0.7152, 0.0722};
    return IntStream.range(0, 3)
        .mapToDouble(part ->
            weights[part] * linear(Integer.parseInt(colour, 1 + 2 * part, 3 + 2 * part, 16)))
        .sum();
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
