package dev.ringfence.widget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a page. The only ways to make one are {@link #text}, which escapes, and {@link Tag},
 * whose attributes are escaped too; so nothing that somebody wrote is ever read as markup.
 */
interface Html {
  /** Nothing at all. */
  Html NONE = into -> {};

  /** Writes it as markup. */
  void into(StringBuilder page);

  /** What somebody wrote, to be read as it stands; null is nothing. */
  static Html text(@Nullable String text) {
    return text == null ? NONE : into -> into.append(escaped(text));
  }

  /**
   * Safe between tags and between double quotes. Characters that nobody sees are shown by their
   * number: those that turn the direction of writing would let a name read as another one, and
   * control characters are no HTML.
   *
   * @see <a href="https://www.unicode.org/reports/tr36/">Unicode security considerations</a>
   */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(safe, point));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int point) {
    switch (point) {
      case '&' -> safe.append("&amp;");
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '"' -> safe.append("&quot;");
      case '\'' -> safe.append("&#39;");
      case '`' -> safe.append("&#96;");
      default -> {
        if (isUnseen(point)) {
          safe.append(String.format(Locale.ROOT, "[U+%04X]", point));
        } else {
          safe.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean isUnseen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
