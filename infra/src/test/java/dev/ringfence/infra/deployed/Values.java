package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Works out a template's values after the deployment, from the physical ids alone: what
 * CloudFormation's functions should have given each resource.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">
 *     Intrinsic functions</a>
 */
final class Values {
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Partition",
          "aws",
          "AWS::Region",
          Cloud.REGION.id(),
          "AWS::AccountId",
          Cloud.ACCOUNT);

  private final JsonNode resources;
  private final Map<String, String> physical;
  private final UnaryOperator<String> streams;

  /**
   * For one deployed stack.
   *
   * @param physical physical ids by logical ones
   * @param streams the ARN of a table's stream, which has the time of its making in it
   */
  Values(JsonNode template, Map<String, String> physical, UnaryOperator<String> streams) {
    this.resources = template.path("Resources");
    this.physical = Map.copyOf(physical);
    this.streams = streams;
  }

  /** The properties of a resource as its service should have them. */
  JsonNode properties(String logicalId) {
    return worked(resources.path(logicalId).path("Properties"));
  }

  private JsonNode worked(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> copy.add(worked(each)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    String function = object.size() == 1 ? object.fieldNames().next() : "";
    JsonNode of = object.path(function);
    return switch (function) {
      case "Ref" -> TextNode.valueOf(reference(of.asText()));
      case "Fn::GetAtt" -> TextNode.valueOf(attribute(of.get(0).asText(), of.get(1).asText()));
      case "Fn::Sub" -> TextNode.valueOf(filled(of.asText()));
      case "Fn::Select" -> worked(of.get(1)).get(of.get(0).asInt());
      case "Fn::Split" -> {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        List.of(worked(of.get(1)).asText().split(of.get(0).asText(), -1)).forEach(parts::add);
        yield parts;
      }
      case "Fn::Join" -> {
        List<String> parts = new ArrayList<>();
        of.get(1).forEach(part -> parts.add(worked(part).asText()));
        yield TextNode.valueOf(String.join(of.get(0).asText(), parts));
      }
      default -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(each -> copy.set(each.getKey(), worked(each.getValue())));
        yield copy;
      }
    };
  }

  /** A text with pseudo parameters in it. */
  private static String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> each : PSEUDO.entrySet()) {
      filled = filled.replace("${" + each.getKey() + "}", each.getValue());
    }
    return filled;
  }

  private String reference(String logicalId) {
    String pseudo = PSEUDO.get(logicalId);
    return pseudo == null ? id(logicalId) : pseudo;
  }

  String id(String logicalId) {
    String id = physical.get(logicalId);
    if (id == null) {
      throw new AssertionError(logicalId + " was not created");
    }
    return id;
  }

  private String attribute(String logicalId, String name) {
    String type = resources.path(logicalId).path("Type").asText();
    String id = id(logicalId);
    return switch (type + "." + name) {
      case "AWS::Lambda::Function.Arn" -> Cloud.arn("lambda", "function:" + id);
      case "AWS::Lambda::Version.Version" -> id.substring(id.lastIndexOf(':') + 1);
      case "AWS::CloudWatch::Alarm.Arn" -> Cloud.arn("cloudwatch", "alarm:" + id);
      case "AWS::DynamoDB::Table.Arn" -> Cloud.arn("dynamodb", "table/" + id);
      case "AWS::Events::EventBus.Arn" -> Cloud.arn("events", "event-bus/" + id);
      case "AWS::Events::Rule.Arn" -> Cloud.arn("events", "rule/" + id.replace('|', '/'));
      case "AWS::IAM::Role.Arn" -> "arn:aws:iam::" + Cloud.ACCOUNT + ":role/" + id;
      case "AWS::KMS::Key.Arn" -> Cloud.arn("kms", "key/" + id);
      case "AWS::Logs::LogGroup.Arn" -> Cloud.arn("logs", "log-group:" + id + ":*");
      case "AWS::S3::Bucket.Arn" -> "arn:aws:s3:::" + id;
      case "AWS::SQS::Queue.Arn" -> Cloud.arn("sqs", last(id));
      case "AWS::SQS::Queue.QueueName" -> last(id);
      case "AWS::DynamoDB::Table.StreamArn" -> streams.apply(id);
      default -> throw new AssertionError(type + "." + name + " is not known here");
    };
  }

  /** A queue's physical id is its URL. */
  private static String last(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
