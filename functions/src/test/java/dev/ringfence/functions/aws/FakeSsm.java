package dev.ringfence.functions.aws;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** Systems Manager as far as we call it. */
final class FakeSsm implements SsmClient {
  final Script script = new Script();

  @Override
  public DescribeInstanceInformationResponse describeInstanceInformation(
      DescribeInstanceInformationRequest request) {
    return script.answer(request, DescribeInstanceInformationResponse.class);
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return script.answer(request, ListTagsForResourceResponse.class);
  }

  @Override
  public SendCommandResponse sendCommand(SendCommandRequest request) {
    return script.answer(request, SendCommandResponse.class);
  }

  @Override
  public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
    return script.answer(request, CancelCommandResponse.class);
  }

  @Override
  public ListCommandsResponse listCommands(ListCommandsRequest request) {
    return script.answer(request, ListCommandsResponse.class);
  }

  @Override
  public ListCommandInvocationsResponse listCommandInvocations(
      ListCommandInvocationsRequest request) {
    return script.answer(request, ListCommandInvocationsResponse.class);
  }

  @Override
  public GetCalendarStateResponse getCalendarState(GetCalendarStateRequest request) {
    return script.answer(request, GetCalendarStateResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
