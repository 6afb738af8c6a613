package dev.ringfence.lab.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The AWS operations that the lab answers, by service and name. Whoever simulates a service
 * registers plain functions from the SDK's request class to its response class; how these travel is
 * the wire's business.
 */
public final class Services {
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  /** One operation: how to make an empty request builder to decode into, and what answers it. */
  public record Operation(
      String service,
      String name,
      Supplier<? extends SdkPojo> requestBuilder,
      Function<SdkPojo, SdkPojo> answer) {}

  /**
   * Registers what answers an operation.
   *
   * @param service the service's signing name: {@code ec2}, {@code ssm}, {@code monitoring}, {@code
   *     states}, {@code autoscaling}, {@code s3} (whose messages are {@link Streamed})
   * @param name the operation's name, such as {@code DescribeInstances}
   * @param requestBuilder makes the SDK's builder for the request, such as {@code
   *     DescribeInstancesRequest::builder}
   * @param answer may throw {@link AwsFault}
   */
  @SuppressWarnings("unchecked")
  public <Q extends SdkPojo, R extends SdkPojo> void on(
      String service,
      String name,
      Supplier<? extends SdkPojo> requestBuilder,
      Function<Q, R> answer) {
    operations.put(
        key(service, name),
        new Operation(service, name, requestBuilder, request -> answer.apply((Q) request)));
  }

  public Optional<Operation> find(String service, String name) {
    return Optional.ofNullable(operations.get(key(service, name)));
  }

  private static String key(String service, String name) {
    return service + "." + name;
  }
}
