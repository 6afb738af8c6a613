package dev.ringfence.lab.wire;

import software.amazon.awssdk.core.SdkPojo;

/** How requests, answers and faults of one AWS protocol look on the wire. */
sealed interface Protocol permits Ec2Query, AwsQuery, AwsJson, RpcV2Cbor, RestXml {
  /**
   * Reads a request into the SDK's own class.
   *
   * @param builder the SDK's empty request builder, filled and built here
   * @return the built request
   * @throws AwsFault when the body does not fit the request's class
   */
  SdkPojo decode(WireRequest request, SdkPojo builder);

  WireResponse encode(String operation, SdkPojo answer, String requestId);

  WireResponse fault(AwsFault fault, String requestId);
}
