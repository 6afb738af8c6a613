package dev.ringfence.lab.judge;

import dev.ringfence.lab.wire.WireCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** Which instances a call to EC2 lays hands on. */
final class Touching {
  private Touching() {}

  /** Their ids; none for calls that only look or make something new. */
  static List<String> of(WireCall call) {
    List<String> ids = new ArrayList<>();
    call.request(StopInstancesRequest.class).ifPresent(ask -> ids.addAll(ask.instanceIds()));
    call.request(StartInstancesRequest.class).ifPresent(ask -> ids.addAll(ask.instanceIds()));
    call.request(TerminateInstancesRequest.class).ifPresent(ask -> ids.addAll(ask.instanceIds()));
    call.request(AttachVolumeRequest.class).ifPresent(ask -> ids.add(ask.instanceId()));
    call.request(DetachVolumeRequest.class).ifPresent(ask -> add(ask.instanceId(), ids));
    call.request(ModifyInstanceAttributeRequest.class).ifPresent(ask -> ids.add(ask.instanceId()));
    call.request(CreateReplaceRootVolumeTaskRequest.class)
        .ifPresent(ask -> ids.add(ask.instanceId()));
    return ids;
  }

  /** A volume may be detached without a word of what it is attached to. */
  private static void add(@Nullable String id, List<String> ids) {
    if (id != null) {
      ids.add(id);
    }
  }
}
