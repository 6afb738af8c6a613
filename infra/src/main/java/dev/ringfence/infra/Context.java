package dev.ringfence.infra;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.constructs.Node;

/**
 * What differs from team to team, as {@code cdk} hands it over: from {@code -c key=value}, from
 * {@code cdk.json}, and from {@code .cdk.json} in a person's home. What nobody would read, or could
 * not read as it was meant, is refused: a cell that was deployed otherwise than its team believes
 * shows it on the worst day.
 */
final class Context {
  /** What can be said; each key is spelled as here. */
  enum Key {
    FUNCTIONS("functions"),
    NAME("name"),
    NOTIFY("notify"),
    POLICIES("policies"),
    PUBLISHERS("publishers"),
    RESERVED_CONCURRENCY("reservedConcurrency"),
    STACK("stack"),
    TEST_EVENTS("testEvents"),
    TRACING("tracing"),
    VOLUME_KEYS("volumeKeys");

    private final String title;

    Key(String title) {
      this.title = title;
    }

    /** Whether somebody means this key who writes that one. */
    private boolean isMeantBy(String written) {
      return written.replaceAll("[-_]", "").equalsIgnoreCase(title);
    }
  }

  /** The library's and the command line's own keys have a dash, a colon, a slash or an at sign. */
  private static final String OURS_ALONE = "[A-Za-z0-9_]+";

  private final Node node;

  private Context(Node node) {
    this.node = node;
  }

  /**
   * The context of an app.
   *
   * @throws InvalidProps naming the first key that nobody reads
   */
  static Context of(Node app) {
    if (app.getAllContext() instanceof Map<?, ?> all) {
      all.keySet().forEach(key -> checkKnown(key.toString()));
    }
    return new Context(app);
  }

  private static void checkKnown(String written) {
    boolean known = Arrays.stream(Key.values()).anyMatch(key -> key.title.equals(written));
    boolean meant = Arrays.stream(Key.values()).anyMatch(key -> key.isMeantBy(written));
    if (!known && (meant || written.matches(OURS_ALONE))) {
      throw new InvalidProps(
          "context has \""
              + written
              + "\", which nobody reads; there are "
              + new TreeSet<>(Arrays.stream(Key.values()).map(key -> key.title).toList()));
    }
  }

  String text(Key key, String otherwise) {
    return value(key).map(Object::toString).orElse(otherwise);
  }

  boolean isOn(Key key, boolean otherwise) {
    String said = text(key, String.valueOf(otherwise));
    return switch (said) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidProps(key.title + " is \"" + said + "\", must be true or false");
    };
  }

  /** Several values, with commas between them or, in a file, as a list. */
  List<String> list(Key key, String otherwise) {
    Object said = value(key).orElse(otherwise);
    List<String> parts =
        said instanceof Collection<?> many
            ? many.stream().map(Object::toString).toList()
            : Arrays.asList(said.toString().split(","));
    return parts.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private Optional<Object> value(Key key) {
    return Optional.ofNullable(node.tryGetContext(key.title));
  }
}
