package dev.ringfence.lab.wire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a request wants to go: read from its path, its target header or its form, as AWS does. */
record Route(String service, String operation, Protocol protocol) {
  /** {@code /service/GraniteServiceVersion20100801/operation/DescribeAlarms} of Smithy RPC v2. */
  private static final Pattern RPC_V2 =
      Pattern.compile("/service/(?<target>\\w+)/operation/(?<operation>\\w+)");

  /** The scope of signature version 4: key, date, region, service. */
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/\\d{8}/[^/]+/(?<service>[^/]+)/aws4_request");

  private static final String S3 = "s3";

  private static final Map<String, String> SERVICE_BY_TARGET =
      Map.of(
          "AmazonSSM", "ssm",
          "AWSEvents", "events",
          "AWSStepFunctions", "states",
          "DynamoDB_20120810", "dynamodb",
          "GraniteServiceVersion20100801", "monitoring");

  static Route of(WireRequest request) {
    Matcher rpc = RPC_V2.matcher(request.path());
    if (rpc.matches()) {
      return new Route(
          service(request, rpc.group("target")), rpc.group("operation"), RpcV2Cbor.INSTANCE);
    }
    String target = request.header("x-amz-target");
    if (target != null) {
      int dot = target.lastIndexOf('.');
      return new Route(
          service(request, target.substring(0, Math.max(dot, 0))),
          target.substring(dot + 1),
          AwsJson.of(request));
    }
    String service = service(request, "ec2");
    if (service.equals(S3)) {
      return new Route(S3, RestXml.operation(request), RestXml.of(request));
    }
    return new Route(service, Ec2Query.action(request), form(service));
  }

  /** EC2 has a dialect of its own of the protocol in which Auto Scaling and SNS speak. */
  private static Protocol form(@Nullable String service) {
    return service == null || service.equals("ec2") ? Ec2Query.INSTANCE : AwsQuery.INSTANCE;
  }

  /** The protocol alone, for a refusal of something that has no readable route. */
  static Protocol protocolOf(WireRequest request) {
    if (RPC_V2.matcher(request.path()).matches()) {
      return RpcV2Cbor.INSTANCE;
    }
    if (request.header("x-amz-target") != null) {
      return AwsJson.of(request);
    }
    String service = signingName(request);
    return S3.equals(service) ? RestXml.of(request) : form(service);
  }

  /** The signing name; for an unsigned call the one that belongs to the target. */
  private static String service(WireRequest request, String target) {
    String scope = signingName(request);
    return scope != null ? scope : SERVICE_BY_TARGET.getOrDefault(target, target);
  }

  static @Nullable String signingName(WireRequest request) {
    String authorization = request.header("authorization");
    if (authorization == null) {
      return null;
    }
    Matcher scope = SCOPE.matcher(authorization);
    return scope.find() ? scope.group("service") : null;
  }
}
