package dev.ringfence.widget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An element with its attributes and what it holds. Names are ours; everything else is escaped. */
final class Tag implements Html {
  /** What a browser or CloudWatch would run or fetch has no place in the widget. */
  private static final Set<String> FORBIDDEN =
      Set.of("script", "iframe", "use", "object", "embed", "link", "meta", "base", "img", "image");

  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9-]*");

  /** The elements that hold nothing and are not closed. */
  private static final Set<String> EMPTY = Set.of("input");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Html> content = new ArrayList<>();

  private Tag(String name) {
    this.name = name;
  }

  static Tag of(String name) {
    if (!NAME.matcher(name).matches() || FORBIDDEN.contains(name)) {
      throw new IllegalArgumentException("no such element: " + name);
    }
    return new Tag(name);
  }

  /** An element of a class of ours. */
  static Tag of(String name, String css) {
    return of(name).with("class", css);
  }

  Tag with(String attribute, @Nullable String value) {
    boolean runs =
        attribute.startsWith("on") || attribute.equals("href") || attribute.equals("src");
    if (!NAME.matcher(attribute).matches() || runs) {
      throw new IllegalArgumentException("no such attribute: " + attribute);
    }
    if (value != null) {
      attributes.put(attribute, value);
    }
    return this;
  }

  Tag add(Html... more) {
    content.addAll(List.of(more));
    return this;
  }

  Tag add(List<? extends Html> more) {
    content.addAll(more);
    return this;
  }

  Tag add(@Nullable String text) {
    content.add(Html.text(text));
    return this;
  }

  @Override
  public void into(StringBuilder page) {
    page.append('<').append(name);
    attributes.forEach((attribute, value) ->
        page.append(' ').append(attribute).append("=\"").append(Html.escaped(value)).append('"'));
    page.append('>');
    if (!EMPTY.contains(name)) {
      content.forEach(part -> part.into(page));
      page.append("</").append(name).append('>');
    }
  }
}
