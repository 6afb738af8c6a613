package dev.ringfence.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Shape;
import java.util.Locale;

/** The policy's documentation, made from the description that the reader reads by. */
public final class PolicyReference {
  /**
   * The resource that holds {@link #schema()}, for editors and for whoever validates beforehand.
   */
  public static final String SCHEMA_RESOURCE = "/dev/ringfence/policy/policy-schema.json";

  private PolicyReference() {}

  /** JSON Schema 2020-12. Limits that take two fields to state are the reader's alone. */
  public static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Ringfence rollout policy");
    schema.setAll(PolicyShape.POLICY.schema());
    return withoutChannelDefaults(schema);
  }

  /** A channel's default is that of its settings, and each of them says its own. */
  private static ObjectNode withoutChannelDefaults(ObjectNode schema) {
    for (Channel channel : Channel.values()) {
      String name = channel.name().toLowerCase(Locale.ROOT);
      if (schema.path("properties").path(name) instanceof ObjectNode ofChannel) {
        ofChannel.remove("default");
      }
    }
    return schema;
  }

  /** Two tables: a policy's own fields, and the settings of a channel. */
  public static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| field | type | default | what it does |\n|---|---|---|---|\n");
    members(table, "", PolicyShape.POLICY);
    members(table, "signing.", PolicyShape.SIGNING_SHAPE);
    members(table, "drills.", Drills.SHAPE);
    table.append("\n| setting | type | content | capability | what it does |\n");
    table.append("|---|---|---|---|---|\n");
    ChannelPolicy.SETTINGS.forEach(setting -> row(table, setting));
    return table.toString();
  }

  private static <T> void members(StringBuilder table, String prefix, Shape<T> shape) {
    for (Member<T, ?> member : shape.members()) {
      table
          .append("| `")
          .append(prefix)
          .append(member.name())
          .append("` | ")
          .append(member.kind().label())
          .append(" | ")
          .append(defaultOf(member))
          .append(" | ")
          .append(member.sentence())
          .append(" |\n");
    }
  }

  /** The default of an object is that of its members, which have rows of their own. */
  private static <T, V> String defaultOf(Member<T, V> member) {
    V fallback = member.fallback();
    if (fallback == null) {
      return member.required() ? "required" : "none";
    }
    return member.kind() instanceof Shape<V> ? "see below" : shown(member.kind().write(fallback));
  }

  private static <V> void row(StringBuilder table, Setting<V> setting) {
    table
        .append("| `")
        .append(setting.name())
        .append("` | ")
        .append(setting.kind().label())
        .append(" | ")
        .append(shown(setting.kind().write(setting.content())))
        .append(" | ")
        .append(shown(setting.kind().write(setting.capability())))
        .append(" | ")
        .append(setting.sentence())
        .append(" |\n");
  }

  private static String shown(JsonNode value) {
    return "`" + (value.isTextual() ? value.textValue() : value.toString()) + "`";
  }
}
