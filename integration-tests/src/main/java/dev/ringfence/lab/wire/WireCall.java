package dev.ringfence.lab.wire;

import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/**
 * One attempt to call an operation; a retry by the SDK is another one.
 *
 * @param service the signing name, such as {@code ec2} or {@code dynamodb}
 * @param operation such as {@code DescribeInstances}
 * @param request the SDK's request; empty for DynamoDB, whose requests are passed on as they are
 * @param body the request's bytes as they came
 */
public record WireCall(String service, String operation, Optional<SdkPojo> request, SdkBytes body) {

  /** The request if it is of the given class. */
  public <T> Optional<T> request(Class<T> type) {
    return request.filter(type::isInstance).map(type::cast);
  }

  /** Such as {@code ec2.DescribeInstances}: the name under which calls are counted. */
  public String name() {
    return service + "." + operation;
  }
}
