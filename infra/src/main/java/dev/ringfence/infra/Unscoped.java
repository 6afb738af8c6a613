package dev.ringfence.infra;

import java.util.Arrays;
import java.util.List;

/**
 * The only actions that are granted on every resource, each with AWS's reason. Where the Service
 * Authorization Reference names no resource type for an action, a policy that names a resource
 * grants nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
 *     Actions, resources, and condition keys for AWS services</a>
 */
enum Unscoped {
  DESCRIBE_INSTANCES("ec2:DescribeInstances", Why.EC2_DESCRIBES),
  DESCRIBE_INSTANCE_STATUS("ec2:DescribeInstanceStatus", Why.EC2_DESCRIBES),
  DESCRIBE_INSTANCE_TYPES("ec2:DescribeInstanceTypes", Why.EC2_DESCRIBES),
  DESCRIBE_SNAPSHOTS("ec2:DescribeSnapshots", Why.EC2_DESCRIBES),
  DESCRIBE_VOLUMES("ec2:DescribeVolumes", Why.EC2_DESCRIBES),
  DESCRIBE_REPLACE_ROOT_VOLUME_TASKS("ec2:DescribeReplaceRootVolumeTasks", Why.EC2_DESCRIBES),
  DESCRIBE_AUTO_SCALING_INSTANCES(
      "autoscaling:DescribeAutoScalingInstances",
      "Auto Scaling's Describe actions do not support resource-level permissions."),
  DESCRIBE_INSTANCE_INFORMATION("ssm:DescribeInstanceInformation", Why.NO_RESOURCE_TYPE),
  LIST_COMMANDS("ssm:ListCommands", Why.NO_RESOURCE_TYPE),
  LIST_COMMAND_INVOCATIONS("ssm:ListCommandInvocations", Why.NO_RESOURCE_TYPE),
  CANCEL_COMMAND("ssm:CancelCommand", Why.NO_RESOURCE_TYPE),
  DESCRIBE_ALARMS(
      "cloudwatch:DescribeAlarms",
      "Composite alarms are returned only to callers whose permission is scoped to * (DescribeAlarms,"
          + " API reference); a composite alarm that is not seen could not halt."),
  PUT_TRACE_SEGMENTS("xray:PutTraceSegments", Why.NO_RESOURCE_TYPE),
  PUT_TELEMETRY_RECORDS("xray:PutTelemetryRecords", Why.NO_RESOURCE_TYPE),
  GET_SAMPLING_RULES("xray:GetSamplingRules", Why.NO_RESOURCE_TYPE),
  GET_SAMPLING_TARGETS("xray:GetSamplingTargets", Why.NO_RESOURCE_TYPE);

  private final String action;
  private final String reason;

  Unscoped(String action, String reason) {
    this.action = action;
    this.reason = reason;
  }

  String action() {
    return action;
  }

  String reason() {
    return reason;
  }

  static List<String> actions() {
    return Arrays.stream(values()).map(Unscoped::action).toList();
  }

  /** The reasons that several actions share. */
  private static final class Why {
    static final String EC2_DESCRIBES =
        "EC2's Describe actions do not support resource-level permissions.";
    static final String NO_RESOURCE_TYPE =
        "The Service Authorization Reference lists no resource type for this action.";

    private Why() {}
  }
}
