package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Reads who may do what. A policy has no id of its own by which it could be asked for, so it is
 * looked up at whatever it should be attached to; that stands in the answer as it was asked.
 */
final class ToldPolicies {
  private static final String DOCUMENT = "PolicyDocument";

  private final Cloud cloud;

  ToldPolicies(Cloud cloud) {
    this.cloud = cloud;
  }

  JsonNode role(String name) {
    Role role = cloud.roles().getRole(r -> r.roleName(name)).role();
    ObjectNode told = Shapes.of(role);
    told.set("AssumeRolePolicyDocument", Shapes.decoded(role.assumeRolePolicyDocument()));
    return told;
  }

  /** The same document at every role. */
  JsonNode ofRole(JsonNode should) {
    String name = should.path("PolicyName").asText();
    return everywhere(
        should,
        "Roles",
        role ->
            Shapes.decoded(
                cloud
                    .roles()
                    .getRolePolicy(r -> r.roleName(role).policyName(name))
                    .policyDocument()));
  }

  JsonNode managed(String arn) {
    Policy policy = cloud.roles().getPolicy(r -> r.policyArn(arn)).policy();
    ObjectNode told = Shapes.of(policy);
    told.put("ManagedPolicyName", policy.policyName());
    told.set(
        DOCUMENT,
        Shapes.decoded(
            cloud
                .roles()
                .getPolicyVersion(r -> r.policyArn(arn).versionId(policy.defaultVersionId()))
                .policyVersion()
                .document()));
    return told;
  }

  JsonNode ofQueues(JsonNode should) {
    return everywhere(
        should,
        "Queues",
        queue ->
            Shapes.parsed(
                cloud
                    .queues()
                    .getQueueAttributes(
                        r -> r.queueUrl(queue).attributeNames(QueueAttributeName.POLICY))
                    .attributes()
                    .get(QueueAttributeName.POLICY)));
  }

  JsonNode ofTopics(JsonNode should) {
    return everywhere(
        should,
        "Topics",
        topic ->
            Shapes.parsed(
                cloud
                    .topics()
                    .getTopicAttributes(r -> r.topicArn(topic))
                    .attributes()
                    .get("Policy")));
  }

  JsonNode ofBucket(JsonNode should) {
    String bucket = should.path("Bucket").asText();
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("Bucket", bucket);
    told.set(
        DOCUMENT, Shapes.parsed(cloud.buckets().getBucketPolicy(r -> r.bucket(bucket)).policy()));
    return told;
  }

  /** The statement of that id on the bus, if it is there. */
  JsonNode ofBus(JsonNode should) {
    ObjectNode told = should.deepCopy();
    told.remove("Statement");
    for (JsonNode statement : statements(should.path("EventBusName").asText())) {
      if (statement.path("Sid").equals(should.path("StatementId"))) {
        told.set("Statement", statement);
      }
    }
    return told;
  }

  private List<JsonNode> statements(String bus) {
    JsonNode policy = Shapes.parsed(cloud.events().describeEventBus(r -> r.name(bus)).policy());
    return StreamSupport.stream(policy.path("Statement").spliterator(), false).toList();
  }

  /** How many statements the policy of a bus has. */
  int statementsOf(String bus) {
    return statements(bus).size();
  }

  private static JsonNode everywhere(
      JsonNode should, String attached, Function<String, JsonNode> document) {
    ObjectNode told = should.deepCopy();
    for (JsonNode each : should.path(attached)) {
      JsonNode found = document.apply(each.asText());
      if (!Shapes.plain(found).equals(Shapes.plain(should.path(DOCUMENT)))) {
        told.set(DOCUMENT, found);
      }
    }
    return told;
  }
}
