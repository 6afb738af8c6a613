package dev.ringfence.widget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Buttons. A {@code cwdb-action} element makes the element right before it call a function with the
 * JSON that it holds, after the person has confirmed what it says.
 *
 * @param endpoint the function's own ARN, as it was invoked
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_interactivity.html">
 *     Interactivity in the custom widget</a>
 */
record Button(String endpoint) {
  /**
   * Without any character that HTML gives a meaning to: so the payload is the same whether it is
   * read as text or as markup.
   */
  private static final ObjectWriter PLAIN =
      new JsonMapper()
          .writer()
          .with(new Plain())
          .with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());

  /** How a button looks. */
  enum Look {
    QUIET(""),
    MAIN(" rf-main"),
    DANGER(" rf-danger");

    private final String css;

    Look(String css) {
      this.css = css;
    }
  }

  /**
   * A button that replaces the widget by the answer.
   *
   * @param confirmation what a person must agree to first; null when nothing is changed by it
   */
  List<Html> of(Look look, String label, @Nullable String confirmation, ObjectNode payload) {
    Tag button = Tag.of("button", "btn rf-btn" + look.css).with("type", "button").add(label);
    Tag action =
        Tag.of("cwdb-action")
            .with("action", "call")
            .with("display", "widget")
            .with("endpoint", endpoint)
            .with("confirmation", confirmation)
            .add(json(payload));
    return List.of(button, action);
  }

  private static Html json(ObjectNode payload) {
    String json = print(payload);
    return page -> page.append(json);
  }

  private static String print(ObjectNode payload) {
    try {
      return PLAIN.writeValueAsString(payload);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree is always JSON", impossible);
    }
  }

  private static final class Plain extends CharacterEscapes {
    private static final String MARKUP = "<>&'`";

    private static final int[] ASCII = ascii();

    private static int[] ascii() {
      int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
      MARKUP.chars().forEach(sign -> escapes[sign] = CharacterEscapes.ESCAPE_CUSTOM);
      return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII.clone();
    }

    @Override
    public SerializedString getEscapeSequence(int sign) {
      return new SerializedString(String.format(Locale.ROOT, "\\u%04x", sign));
    }
  }
}
