package dev.ringfence.infra.least;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.lab.wire.WireCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Which IAM actions a call needs. Mostly the operation's own name; the exceptions are those of the
 * Service Authorization Reference.
 */
final class Actions {
  private static final JsonMapper JSON = new JsonMapper();

  /** Services whose actions have another prefix than their requests' signatures. */
  private static final Map<String, String> PREFIXES = Map.of("monitoring", "cloudwatch");

  /** The parts of a transaction are authorized as the single writes that they are. */
  private static final Map<String, String> TRANSACTED =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  private Actions() {}

  static Set<String> of(WireCall call) throws IOException {
    Set<String> actions = new TreeSet<>();
    if (call.operation().startsWith("Transact")) {
      for (JsonNode item : JSON.readTree(call.body().asByteArray()).path("TransactItems")) {
        item.fieldNames().forEachRemaining(part -> actions.add("dynamodb:" + TRANSACTED.get(part)));
      }
      return actions;
    }
    actions.add(PREFIXES.getOrDefault(call.service(), call.service()) + ":" + call.operation());
    if (call.service().equals("ec2") && !tags(call).isEmpty()) {
      actions.add("ec2:CreateTags");
    }
    call.request(RunInstancesRequest.class)
        .filter(launch -> launch.iamInstanceProfile() != null)
        .ifPresent(launch -> actions.add("iam:PassRole"));
    return actions;
  }

  /** The keys of the tags that an EC2 request wants on what it makes. */
  static Set<String> tags(WireCall call) {
    Set<String> keys = new TreeSet<>();
    call.request().ifPresent(request -> collect(request, keys));
    return keys;
  }

  private static void collect(SdkPojo request, Set<String> keys) {
    for (SdkField<?> field : request.sdkFields()) {
      if (field.getValueOrDefault(request) instanceof List<?> list) {
        for (Object one : list) {
          if (one instanceof TagSpecification specification) {
            specification.tags().stream().map(Tag::key).forEach(keys::add);
          }
        }
      }
    }
  }
}
