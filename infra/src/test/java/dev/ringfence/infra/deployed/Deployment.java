package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Deploys as the CDK does: template and assets go into the bootstrap's bucket, for a template of
 * this size is too long to be sent along.
 */
final class Deployment {
  /** The qualifier of every bootstrap that nobody has given another one. */
  private static final String BOOTSTRAP = "hnb659fds";

  /** A bootstrap's version of these days. */
  private static final String BOOTSTRAPPED = "31";

  /** It takes seconds; the first stack has LocalStack load ten services. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration STEP = Duration.ofMillis(500);

  private final Cloud cloud;

  Deployment(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Makes what {@code cdk bootstrap} makes, as far as a deployment needs it. */
  void bootstrap() {
    boolean there =
        cloud.buckets().listBuckets().buckets().stream()
            .anyMatch(bucket -> bucket.name().equals(assets()));
    if (!there) {
      cloud
          .buckets()
          .createBucket(r ->
              r.bucket(assets())
                  .createBucketConfiguration(c -> c.locationConstraint(Cloud.REGION.id())));
    }
    cloud
        .parameters()
        .putParameter(r ->
            r.name("/cdk-bootstrap/" + BOOTSTRAP + "/version")
                .type(ParameterType.STRING)
                .value(BOOTSTRAPPED)
                .overwrite(true));
  }

  static String assets() {
    return "cdk-%s-assets-%s-%s".formatted(BOOTSTRAP, Cloud.ACCOUNT, Cloud.REGION.id());
  }

  /** Puts all files of an assembly there, as {@code cdk deploy} does before anything else. */
  void upload(Assembly assembly) {
    assembly.assets().forEach((key, asset) -> upload(key, Assembly.bytes(asset)));
  }

  /** Creates a stack and waits until that ends, well or not. */
  Stack create(String name, JsonNode template) {
    String key = name + ".template.json";
    upload(key, template.toString().getBytes(StandardCharsets.UTF_8));
    String url = "https://s3.%s.amazonaws.com/%s/%s".formatted(Cloud.REGION.id(), assets(), key);
    String id =
        cloud
            .stacks()
            .createStack(r ->
                r.stackName(name)
                    .templateURL(url)
                    .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM))
            .stackId();
    return ended(id);
  }

  void upload(String key, byte[] bytes) {
    cloud.buckets().putObject(r -> r.bucket(assets()).key(key), RequestBody.fromBytes(bytes));
  }

  /** Deletes a stack, by its id, and waits until it is gone. */
  Stack delete(String id) {
    cloud.stacks().deleteStack(r -> r.stackName(id));
    return ended(id);
  }

  private Stack ended(String id) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(STEP)) {
      Stack stack = cloud.stacks().describeStacks(r -> r.stackName(id)).stacks().getFirst();
      if (!stack.stackStatusAsString().endsWith("_IN_PROGRESS")) {
        return stack;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    throw new AssertionError(id + " takes more than " + PATIENCE);
  }

  /** The physical ids of a stack's resources, by their logical ones; what failed has none. */
  Map<String, String> resources(String id) {
    return cloud.stacks().describeStackResources(r -> r.stackName(id)).stackResources().stream()
        .filter(resource -> resource.physicalResourceId() != null)
        .collect(
            Collectors.toMap(StackResource::logicalResourceId, StackResource::physicalResourceId));
  }

  /** What was said of any resource, as {@code type: reason}. */
  List<String> remarks(String id) {
    List<String> remarks = new ArrayList<>();
    for (StackEvent event :
        cloud.stacks().describeStackEvents(r -> r.stackName(id)).stackEvents()) {
      String reason = event.resourceStatusReason();
      if (reason != null && !reason.isBlank()) {
        remarks.add(event.resourceType() + ": " + reason);
      }
    }
    return remarks;
  }
}
