package dev.ringfence.lab.clock;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads intrinsic expressions, token by token. */
final class IntrinsicReader {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<function>States\\.\\w+)\\s*\\(|'(?<text>(?:[^'\\\\]|\\\\.)*)'"
              + "|(?<path>\\$[^,()\\s]*)|(?<number>-?\\d+(?:\\.\\d+)?)|(?<mark>[,)]))\\s*");

  private final String source;
  private final Matcher token;
  private int at;

  private IntrinsicReader(String source) {
    this.source = source;
    this.token = TOKEN.matcher(source);
  }

  static Intrinsic read(String source) {
    if (source.startsWith("$")) {
      return new Intrinsic.Path(ReferencePath.parse(source));
    }
    IntrinsicReader reader = new IntrinsicReader(source);
    reader.next();
    Intrinsic expression = reader.expression();
    if (reader.at != source.length()) {
      throw reader.unreadable();
    }
    return expression;
  }

  private void next() {
    if (!token.find(at) || token.start() != at) {
      throw unreadable();
    }
    at = token.end();
  }

  private IllegalArgumentException unreadable() {
    return new IllegalArgumentException("'" + source + "' is not an expression that the lab reads");
  }

  /** The expression that the current token starts. */
  private Intrinsic expression() {
    String function = token.group("function");
    if (function != null) {
      return call(function, arguments());
    }
    String text = token.group("text");
    if (text != null) {
      return new Intrinsic.Text(text);
    }
    String path = token.group("path");
    if (path != null) {
      return new Intrinsic.Path(ReferencePath.parse(path));
    }
    String number = token.group("number");
    if (number != null) {
      return new Intrinsic.Numeral(new BigDecimal(number));
    }
    throw unreadable();
  }

  private List<Intrinsic> arguments() {
    List<Intrinsic> arguments = new ArrayList<>();
    do {
      next();
      arguments.add(expression());
      next();
    } while (",".equals(token.group("mark")));
    if (!")".equals(token.group("mark"))) {
      throw unreadable();
    }
    return arguments;
  }

  private Intrinsic call(String function, List<Intrinsic> arguments) {
    return switch (function) {
      case "States.Format" ->
          new Intrinsic.Format(
              arguments.getFirst(), List.copyOf(arguments.subList(1, arguments.size())));
      case "States.MathAdd" -> {
        if (arguments.size() != 2) {
          throw new IllegalArgumentException("States.MathAdd takes two numbers: '" + source + "'");
        }
        yield new Intrinsic.MathAdd(arguments.get(0), arguments.get(1));
      }
      default ->
          throw new IllegalArgumentException(
              "The intrinsic function " + function + " is not one that the lab knows");
    };
  }
}
