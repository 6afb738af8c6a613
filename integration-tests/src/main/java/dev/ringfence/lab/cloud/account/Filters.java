package dev.ringfence.lab.cloud.account;

import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * EC2's filters: all filters must match, any value of a filter will do, {@code *} and {@code ?} are
 * wildcards. A filter that the operation does not know is refused and never ignored.
 */
public final class Filters<T> {
  private static final String TAG = "tag:";
  private final Map<String, Function<T, @Nullable String>> fields = new TreeMap<>();
  private final Function<T, Map<String, String>> tags;

  public Filters(Function<T, Map<String, String>> tags) {
    this.tags = tags;
  }

  public Filters<T> on(String name, Function<T, @Nullable String> field) {
    fields.put(name, field);
    return this;
  }

  public Predicate<T> all(List<Filter> filters) {
    List<Predicate<T>> parts = new ArrayList<>();
    for (Filter filter : filters) {
      parts.add(one(filter));
    }
    return thing -> {
      for (Predicate<T> part : parts) {
        if (!part.test(thing)) {
          return false;
        }
      }
      return true;
    };
  }

  /** The values of a filter that all of a listing's matches must have, or null when not asked. */
  public static @Nullable List<String> values(List<Filter> filters, String name) {
    for (Filter filter : filters) {
      if (filter.name().equals(name) && filter.values().stream().noneMatch(Filters::isPattern)) {
        return filter.values();
      }
    }
    return null;
  }

  private Predicate<T> one(Filter filter) {
    List<Predicate<String>> values = filter.values().stream().map(Filters::value).toList();
    String name = filter.name();
    if (name.equals("tag-key")) {
      return thing -> tags.apply(thing).keySet().stream().anyMatch(key -> any(values, key));
    }
    if (name.startsWith(TAG)) {
      String key = name.substring(TAG.length());
      return thing -> any(values, tags.apply(thing).get(key));
    }
    Function<T, @Nullable String> field = fields.get(name);
    if (field == null) {
      throw new AwsFault("InvalidParameterValue", 400, "The filter '" + name + "' is invalid");
    }
    return thing -> any(values, field.apply(thing));
  }

  private static boolean any(List<Predicate<String>> values, @Nullable String actual) {
    if (actual == null) {
      return false;
    }
    for (Predicate<String> value : values) {
      if (value.test(actual)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPattern(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  private static Predicate<String> value(String value) {
    if (!isPattern(value)) {
      return value::equals;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
