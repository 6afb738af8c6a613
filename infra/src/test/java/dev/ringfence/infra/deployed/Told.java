package dev.ringfence.infra.deployed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Reads what came of a resource from its own service, in the shape of the template. */
final class Told {
  private final Cloud cloud;
  private final ToldPolicies policies;
  private final ToldFunctions functions;

  /** By type; what is asked gets the physical id and the properties as they should be. */
  private final Map<String, BiFunction<String, JsonNode, JsonNode>> readers;

  Told(Cloud cloud) {
    this.cloud = cloud;
    this.policies = new ToldPolicies(cloud);
    this.functions = new ToldFunctions(cloud);
    this.readers =
        Map.ofEntries(
            Map.entry("AWS::CloudWatch::Alarm", (id, _) -> alarm(id)),
            Map.entry("AWS::DynamoDB::Table", (id, _) -> table(id)),
            Map.entry("AWS::Events::EventBus", (id, _) -> bus(id)),
            Map.entry("AWS::Events::EventBusPolicy", (_, should) -> policies.ofBus(should)),
            Map.entry("AWS::Events::Rule", this::rule),
            Map.entry("AWS::IAM::ManagedPolicy", (id, _) -> policies.managed(id)),
            Map.entry("AWS::IAM::Policy", (_, should) -> policies.ofRole(should)),
            Map.entry("AWS::IAM::Role", (id, _) -> policies.role(id)),
            Map.entry(Absent.ALIAS, (id, _) -> functions.alias(id)),
            Map.entry(Absent.FUNCTION, functions::function),
            Map.entry(Absent.MAPPING, (id, _) -> functions.mapping(id)),
            Map.entry(Absent.PERMISSION, (_, should) -> functions.permission(should)),
            Map.entry(Absent.VERSION, (id, _) -> functions.version(id)),
            Map.entry("AWS::S3::Bucket", (id, _) -> bucket(id)),
            Map.entry("AWS::S3::BucketPolicy", (_, should) -> policies.ofBucket(should)),
            Map.entry("AWS::SNS::Subscription", (_, should) -> subscription(should)),
            Map.entry("AWS::SNS::Topic", (id, _) -> topic(id)),
            Map.entry("AWS::SNS::TopicPolicy", (_, should) -> policies.ofTopics(should)),
            Map.entry("AWS::SQS::Queue", (id, _) -> queue(id)),
            Map.entry("AWS::SQS::QueuePolicy", (_, should) -> policies.ofQueues(should)),
            Map.entry("AWS::StepFunctions::StateMachine", this::machine));
  }

  Set<String> types() {
    return readers.keySet();
  }

  /** What its service says of a resource, at most the properties that it should have. */
  ObjectNode of(String type, String id, JsonNode should) {
    BiFunction<String, JsonNode, JsonNode> reader = readers.get(type);
    if (reader == null) {
      throw new AssertionError(type + " is not read here");
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    JsonNode all = reader.apply(id, should);
    for (Map.Entry<String, JsonNode> property : all.properties()) {
      if (should.has(property.getKey())) {
        told.set(property.getKey(), property.getValue());
      }
    }
    return told;
  }

  private JsonNode alarm(String name) {
    MetricAlarm alarm =
        cloud.alarms().describeAlarms(r -> r.alarmNames(name)).metricAlarms().getFirst();
    return Shapes.of(alarm);
  }

  private JsonNode table(String name) {
    TableDescription table = cloud.tables().describeTable(r -> r.tableName(name)).table();
    ObjectNode told = Shapes.of(table);
    told.put("BillingMode", table.billingModeSummary().billingModeAsString());
    told.putObject("StreamSpecification")
        .put("StreamViewType", table.streamSpecification().streamViewTypeAsString());
    told.putObject("SSESpecification")
        .put("SSEEnabled", "ENABLED".equals(table.sseDescription().statusAsString()));
    // A protection that is off is not there.
    if (!table.deletionProtectionEnabled()) {
      told.remove("DeletionProtectionEnabled");
    }
    PointInTimeRecoveryStatus recovery =
        cloud
            .tables()
            .describeContinuousBackups(r -> r.tableName(name))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription()
            .pointInTimeRecoveryStatus();
    if (recovery == PointInTimeRecoveryStatus.ENABLED) {
      told.putObject("PointInTimeRecoverySpecification").put("PointInTimeRecoveryEnabled", true);
    }
    return told;
  }

  private JsonNode bus(String name) {
    return Shapes.of(cloud.events().describeEventBus(r -> r.name(name)));
  }

  private JsonNode rule(String id, JsonNode should) {
    String bus = should.path("EventBusName").asText("default");
    String name = id.substring(id.indexOf('|') + 1);
    ObjectNode told = Shapes.of(cloud.events().describeRule(r -> r.eventBusName(bus).name(name)));
    told.set("EventPattern", Shapes.parsed(told.path("EventPattern").textValue()));
    told.set(
        "Targets",
        Shapes.list(
            cloud.events().listTargetsByRule(r -> r.eventBusName(bus).rule(name)).targets()));
    return told;
  }

  private JsonNode queue(String url) {
    Map<String, String> attributes =
        cloud
            .queues()
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributesAsStrings();
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    attributes.forEach(told::put);
    told.put("QueueName", last(attributes.getOrDefault("QueueArn", "")));
    return told;
  }

  private JsonNode topic(String arn) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    cloud.topics().getTopicAttributes(r -> r.topicArn(arn)).attributes().forEach(told::put);
    return told.put("TopicName", last(arn));
  }

  private static String last(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private JsonNode subscription(JsonNode should) {
    return Shapes.of(
        cloud
            .topics()
            .listSubscriptionsByTopic(r -> r.topicArn(should.path("TopicArn").asText()))
            .subscriptions()
            .stream()
            .filter(each -> each.endpoint().equals(should.path("Endpoint").asText()))
            .findFirst()
            .orElseThrow());
  }

  private JsonNode bucket(String name) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.putObject("BucketEncryption")
        .putArray("ServerSideEncryptionConfiguration")
        .addObject()
        .putObject("ServerSideEncryptionByDefault")
        .put(
            "SSEAlgorithm",
            cloud
                .buckets()
                .getBucketEncryption(r -> r.bucket(name))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst()
                .applyServerSideEncryptionByDefault()
                .sseAlgorithmAsString());
    told.set(
        "PublicAccessBlockConfiguration",
        Shapes.of(
            cloud
                .buckets()
                .getPublicAccessBlock(r -> r.bucket(name))
                .publicAccessBlockConfiguration()));
    told.set(
        "OwnershipControls",
        Shapes.of(
            cloud.buckets().getBucketOwnershipControls(r -> r.bucket(name)).ownershipControls()));
    told.putObject("VersioningConfiguration")
        .put("Status", cloud.buckets().getBucketVersioning(r -> r.bucket(name)).statusAsString());
    try {
      told.set(
          "LifecycleConfiguration",
          Shapes.of(cloud.buckets().getBucketLifecycleConfiguration(r -> r.bucket(name))));
    } catch (S3Exception none) {
      assertEquals("NoSuchLifecycleConfiguration", none.awsErrorDetails().errorCode());
    }
    return told;
  }

  /** The definition with its placeholders filled. */
  private JsonNode machine(String arn, JsonNode should) {
    DescribeStateMachineResponse machine =
        cloud.machines().describeStateMachine(r -> r.stateMachineArn(arn));
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("StateMachineName", machine.name());
    told.put("StateMachineType", machine.typeAsString());
    told.put("RoleArn", machine.roleArn());
    if (machine.tracingConfiguration() != null) {
      told.set("TracingConfiguration", Shapes.of(machine.tracingConfiguration()));
    }
    String definition = should.path("DefinitionString").asText();
    for (Map.Entry<String, JsonNode> each : should.path("DefinitionSubstitutions").properties()) {
      definition = definition.replace("${" + each.getKey() + "}", each.getValue().asText());
    }
    boolean same = Shapes.parsed(definition).equals(Shapes.parsed(machine.definition()));
    told.set(
        "DefinitionString",
        same ? should.path("DefinitionString") : TextNode.valueOf(machine.definition()));
    told.set("DefinitionSubstitutions", should.path("DefinitionSubstitutions"));
    return told;
  }
}
