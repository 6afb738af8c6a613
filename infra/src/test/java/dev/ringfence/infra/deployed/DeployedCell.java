package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The cell as it was deployed: the template that CloudFormation got, and what it made of it. */
final class DeployedCell {
  private static final String RESOURCES = "Resources";

  private final String name;
  private final Cloud cloud;
  private final Deployment deployment;
  private final JsonNode whole;
  private final JsonNode template;
  private final Stack stack;
  private final Map<String, String> physical;
  private final Values values;

  private DeployedCell(
      String name,
      Deployment deployment,
      Cloud cloud,
      JsonNode whole,
      JsonNode template,
      Stack stack) {
    this.name = name;
    this.deployment = deployment;
    this.cloud = cloud;
    this.whole = whole;
    this.template = template;
    this.stack = stack;
    this.physical = deployment.resources(stack.stackId());
    this.values = new Values(template, physical, this::streamOf);
  }

  /**
   * Deploys a cell of a name that nobody else has, since names are unique in an account and what is
   * retained stays there.
   */
  static DeployedCell on(Cloud cloud) {
    String name = "d" + Long.toHexString(System.nanoTime());
    Assembly assembly =
        Assembly.of(props ->
            props
                .name(name)
                .notifying("ops@example.com")
                .publisher(Publishing.PUBLISHER)
                .policy(Shipment.policy()));
    Deployment deployment = new Deployment(cloud);
    deployment.bootstrap();
    deployment.upload(assembly);
    Optional<String> whyNoFunctions = new FunctionProbe(deployment).refusal();
    JsonNode template =
        whyNoFunctions.isPresent() ? CutTemplate.of(assembly.template()) : assembly.template();
    Stack stack = deployment.create(name, template);
    return new DeployedCell(name, deployment, cloud, assembly.template(), template, stack);
  }

  private String streamOf(String table) {
    return cloud.tables().describeTable(r -> r.tableName(table)).table().latestStreamArn();
  }

  String name() {
    return name;
  }

  Stack stack() {
    return stack;
  }

  boolean hasFunctions() {
    return ids(Absent.FUNCTION).findAny().isPresent();
  }

  List<String> remarks() {
    return deployment.remarks(stack.stackId());
  }

  /** Deletes the stack. */
  Stack takeDown() {
    return deployment.delete(stack.stackId());
  }

  /** The logical ids of all that CloudFormation was given. */
  Stream<String> ids() {
    return template.path(RESOURCES).propertyStream().map(Map.Entry::getKey);
  }

  Stream<String> ids(String type) {
    return ids().filter(id -> type(id).equals(type));
  }

  /** The types of what the template has and CloudFormation did not make. */
  Set<String> missing() {
    return whole
        .path(RESOURCES)
        .propertyStream()
        .filter(resource -> !physical.containsKey(resource.getKey()))
        .map(resource -> resource.getValue().path("Type").asText())
        .collect(Collectors.toSet());
  }

  /** The physical id of the only resource of a type. */
  String only(String type) {
    List<String> found = ids(type).toList();
    if (found.size() != 1) {
      throw new AssertionError("of " + type + " there are " + found);
    }
    return physical(found.getFirst());
  }

  String type(String logicalId) {
    return template.path(RESOURCES).path(logicalId).path("Type").asText();
  }

  /** Whether it stays when the stack is deleted. */
  boolean isRetained(String logicalId) {
    return template
        .path(RESOURCES)
        .path(logicalId)
        .path("DeletionPolicy")
        .asText()
        .startsWith("Retain");
  }

  String physical(String logicalId) {
    return values.id(logicalId);
  }

  /** The properties of a resource as its service should have them. */
  JsonNode should(String logicalId) {
    return values.properties(logicalId);
  }
}
