package dev.ringfence.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.policy.Quiescence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Template;

/**
 * A synthesized template, read as people read it: references and joined texts are written as one
 * text, such as {@code arn:${AWS::Partition}:sns:…}, and what CDK appends to make names unique is
 * left off.
 */
public final class Synth {
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode resources;

  private Synth(JsonNode resources) {
    this.resources = resources;
  }

  /** The cell of the tests, whose two products select by other tags. */
  public static Synth cell() {
    return Shared.CELL;
  }

  private static final class Shared {
    static final Synth CELL = of(props -> props);
  }

  static Synth of(UnaryOperator<RingfenceProps.Builder> change) {
    return new Synth(plain(template(change).path("Resources")));
  }

  private static JsonNode template(UnaryOperator<RingfenceProps.Builder> change) {
    RingfenceStack stack =
        new RingfenceStack(new App(), "Ringfence", change.apply(props()).build());
    return JSON.valueToTree(Template.fromStack(stack).toJSON());
  }

  /** Writes what {@code cdk synth} would, with the real functions, and tells where. */
  public static Path assembly(Path functions, UnaryOperator<RingfenceProps.Builder> change) {
    App app = new App();
    RingfenceStack _ = new RingfenceStack(app, "Ringfence", change.apply(props(functions)).build());
    return Path.of(app.synth().getDirectory());
  }

  static RingfenceProps.Builder props() {
    return props(jar());
  }

  private static RingfenceProps.Builder props(Path functions) {
    return RingfenceProps.builder(functions)
        .policy(
            ProductPolicy.of("falcon")
                .selecting("agent", "falcon", "falcon-beta")
                .selecting("managed", "yes")
                .drillingIn("subnet-0123456789abcdef0", "sg-0123456789abcdef0")
                .drillingAs("ringfence-clones")
                .capability(
                    settings -> settings.with(Quiescence.CONSISTENCY, Consistency.FILE_SYSTEM))
                .build())
        .policy(ProductPolicy.of("patches").selecting("os", "linux").build())
        .publisher("arn:aws:iam::111122223333:role/releases");
  }

  /** A file that stands for the functions' jar: the template only knows its hash. */
  static Path jar() {
    try {
      Path jar = Path.of("target", "stand-in-for-the-functions.jar");
      Files.createDirectories(jar.toAbsolutePath().getParent());
      return Files.writeString(jar, "not a jar");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Every resource. */
  List<JsonNode> all() {
    return StreamSupport.stream(resources.spliterator(), false).toList();
  }

  /** The resources of a type. */
  public List<JsonNode> all(String type) {
    return StreamSupport.stream(resources.spliterator(), false)
        .filter(resource -> type.equals(resource.path("Type").asText()))
        .toList();
  }

  /** The one resource of a type that has this value somewhere in its properties. */
  JsonNode one(String type, String having) {
    List<JsonNode> found =
        all(type).stream()
            .filter(resource -> resource.path("Properties").toString().contains(having))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type + " have " + having + ": " + found);
    }
    return found.getFirst();
  }

  /** The properties of the one resource of a type that has this value somewhere in them. */
  public JsonNode properties(String type, String having) {
    return one(type, having).path("Properties");
  }

  /** JSON as it is compared: {@code '} for {@code "}, so that tests can be read. */
  static JsonNode json(String quoted) {
    try {
      return JSON.readTree(quoted.replace('\'', '"'));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object.size() == 1 ? called(object) : members(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode plain = JsonNodeFactory.instance.arrayNode();
      array.forEach(one -> plain.add(plain(one)));
      return plain;
    }
    return node;
  }

  private static JsonNode members(ObjectNode object) {
    ObjectNode plain = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(member -> plain.set(member.getKey(), plain(member.getValue())));
    return plain;
  }

  /** One of CloudFormation's functions as a text, if it is one. */
  private static JsonNode called(ObjectNode object) {
    JsonNode value = object.elements().next();
    return switch (object.fieldNames().next()) {
      case "Ref" -> text("${" + named(value) + "}");
      case "Fn::GetAtt" -> text("${" + named(value.get(0)) + "." + value.get(1).asText() + "}");
      case "Fn::Join" -> {
        List<String> parts = new ArrayList<>();
        value.get(1).forEach(part -> parts.add(plain(part).asText()));
        yield text(parts.stream().collect(Collectors.joining(value.get(0).asText())));
      }
      default -> members(object);
    };
  }

  private static String named(JsonNode logicalId) {
    return logicalId.asText().replaceFirst("[0-9A-F]{8}$", "");
  }

  private static TextNode text(String text) {
    return new TextNode(text);
  }
}
