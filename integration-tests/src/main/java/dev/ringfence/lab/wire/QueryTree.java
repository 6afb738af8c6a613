package dev.ringfence.lab.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A form whose dotted names, such as {@code Filter.1.Value.2}, are read as a tree. */
final class QueryTree {
  private final Map<String, QueryTree> children = new LinkedHashMap<>();
  private @Nullable String text;

  static QueryTree parse(String form) {
    QueryTree root = new QueryTree();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        root.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return root;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badPercent) {
      throw new AwsFault("MalformedQueryString", 400, "The form is not percent-encoded text");
    }
  }

  private void put(String dottedName, String value) {
    QueryTree node = this;
    for (String name : dottedName.split("\\.", -1)) {
      node = node.children.computeIfAbsent(name, unseen -> new QueryTree());
    }
    node.text = value;
  }

  Map<String, QueryTree> children() {
    return children;
  }

  @Nullable QueryTree child(String name) {
    return children.get(name);
  }

  /**
   * The children of a list in their counted order.
   *
   * @throws AwsFault {@code UnknownParameter} when a child's name is not a number
   */
  Map<Integer, QueryTree> counted(String path) {
    Map<Integer, QueryTree> byPosition = new TreeMap<>();
    children.forEach((name, child) -> byPosition.put(position(name, path), child));
    return byPosition;
  }

  private static Integer position(String name, String path) {
    try {
      return Integer.valueOf(name);
    } catch (NumberFormatException notCounted) {
      throw new AwsFault(
          "UnknownParameter", 400, "The parameter " + path + "." + name + " is not recognized");
    }
  }

  /** The value; empty text where only deeper names were given. */
  String text() {
    return text == null ? "" : text;
  }
}
