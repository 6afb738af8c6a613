package dev.ringfence.release.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object with known members. A member that is not known is refused, because a misspelt limit
 * that is silently ignored is a limit that does not hold.
 */
public final class Shape<T> implements Kind<T> {
  /** Compares members with each other; runs only when each of them is fine by itself. */
  @FunctionalInterface
  public interface Check {
    void accept(Values values, String path, Problems problems);
  }

  private final String label;
  private final List<Member<T, ?>> members;
  private final Function<Values, T> build;
  private final Check check;
  private final boolean strict;

  private Shape(
      String label,
      List<Member<T, ?>> members,
      Function<Values, T> build,
      Check check,
      boolean strict) {
    this.label = label;
    this.members = List.copyOf(members);
    this.build = build;
    this.check = check;
    this.strict = strict;
  }

  public static <T> Shape<T> of(
      String label, List<Member<T, ?>> members, Function<Values, T> build) {
    return new Shape<>(label, members, build, (values, path, problems) -> {}, true);
  }

  public Shape<T> checking(Check next) {
    return new Shape<>(label, members, build, next, strict);
  }

  /** For objects that others extend as they like, such as the envelope of an AWS event. */
  public Shape<T> toleratingOthers() {
    return new Shape<>(label, members, build, check, false);
  }

  public List<Member<T, ?>> members() {
    return members;
  }

  @Override
  public @Nullable T read(JsonNode node, String path, Problems problems) {
    if (!(node instanceof ObjectNode object)) {
      problems.add(path, "must be an object: " + label);
      return null;
    }
    int before = problems.count();
    if (strict) {
      refuseUnknown(object, path, problems);
    }
    Values values = Values.none();
    for (Member<T, ?> member : members) {
      values = readMember(member, object, path, values, problems);
    }
    if (problems.count() == before) {
      check.accept(values, path, problems);
    }
    return problems.count() == before ? build.apply(values) : null;
  }

  private void refuseUnknown(ObjectNode object, String path, Problems problems) {
    Set<String> known = new TreeSet<>();
    members.forEach(member -> known.add(member.name()));
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            problems.add(
                Path.member(path, name),
                "is not a known field; known are " + String.join(", ", known));
          }
        });
  }

  private static <T, V> Values readMember(
      Member<T, V> member, ObjectNode object, String path, Values values, Problems problems) {
    JsonNode node = object.get(member.name());
    String at = Path.member(path, member.name());
    if (node != null) {
      V value = member.kind().read(node, at, problems);
      return value == null ? values : values.with(member, value);
    }
    if (member.required()) {
      problems.add(at, "is missing: " + member.sentence());
      return values;
    }
    String follows = member.follows();
    if (follows != null) {
      return Following.take(member, follows, values);
    }
    V fallback = member.fallback();
    return fallback == null ? values : values.with(member, fallback);
  }

  /** A key by another member's name and this member's type. */
  private record Following<V>(String name) implements Key<V> {
    /** Without the leader's value (it was refused) there is nothing to follow, and a problem. */
    static <V> Values take(Key<V> follower, String leader, Values values) {
      V value = values.orNull(new Following<V>(leader));
      return value == null ? values : values.with(follower, value);
    }
  }

  @Override
  public ObjectNode write(T value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    members.forEach(member -> writeMember(member, value, object));
    return object;
  }

  private static <T, V> void writeMember(Member<T, V> member, T value, ObjectNode object) {
    V held = member.getter().from(value);
    if (held != null) {
      object.set(member.name(), member.kind().write(held));
    }
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    members.forEach(member -> properties.set(member.name(), schemaOf(member)));
    List<String> required =
        members.stream().filter(Member::required).map(Member::name).sorted().toList();
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    return strict ? schema.put("additionalProperties", false) : schema;
  }

  private static <T, V> ObjectNode schemaOf(Member<T, V> member) {
    ObjectNode schema = member.kind().schema().put("description", member.sentence());
    V fallback = member.fallback();
    if (fallback != null) {
      schema.set("default", member.kind().write(fallback));
    }
    return schema;
  }

  @Override
  public String label() {
    return label;
  }
}
