package dev.ringfence.functions.wiring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only machine of a rehearsal's fleet, as EC2 and Systems Manager would describe it: what is
 * told of a machine is most of what a function reads, and each kind of thing takes long to be read
 * for the first time.
 */
final class RehearsalMachine {
  static final String ID = "i-0123456789abcdef0";

  /** Its tag, by which the rehearsal's policy finds it, has this name and this value. */
  static final String TAG = "rehearsal";

  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  /** Older than any update, and younger than what a policy calls too old. */
  private static final Duration SNAPSHOT_AGE = Duration.ofHours(1);

  private static final String INSTANCE =
      """
      <R><reservationSet><item><reservationId>r-0123456789abcdef0</reservationId><instancesSet><item>
      <instanceId>i-0123456789abcdef0</instanceId><imageId>ami-0123456789abcdef0</imageId>
      <instanceState><code>16</code><name>running</name></instanceState>
      <instanceType>t3.medium</instanceType><launchTime>@NOW</launchTime>
      <placement><availabilityZone>rehearsal</availabilityZone><tenancy>default</tenancy></placement>
      <platformDetails>Linux/UNIX</platformDetails><rootDeviceType>ebs</rootDeviceType>
      <rootDeviceName>/dev/xvda</rootDeviceName><blockDeviceMapping><item>
      <deviceName>/dev/xvda</deviceName><ebs><volumeId>vol-0123456789abcdef0</volumeId>
      <status>attached</status><attachTime>@NOW</attachTime>
      <deleteOnTermination>true</deleteOnTermination></ebs></item></blockDeviceMapping>
      <tagSet><item><key>rehearsal</key><value>rehearsal</value></item></tagSet>
      <hibernationOptions><configured>false</configured></hibernationOptions>
      <metadataOptions><httpTokens>required</httpTokens></metadataOptions>
      <monitoring><state>disabled</state></monitoring>
      </item></instancesSet></item></reservationSet></R>
      """;

  private static final String STATUS =
      """
      <R><instanceStatusSet><item><instanceId>i-0123456789abcdef0</instanceId>
      <availabilityZone>rehearsal</availabilityZone>
      <instanceState><code>16</code><name>running</name></instanceState>
      <systemStatus><status>ok</status></systemStatus>
      <instanceStatus><status>ok</status></instanceStatus></item></instanceStatusSet></R>
      """;

  private static final String VOLUME =
      """
      <R><volumeSet><item><volumeId>vol-0123456789abcdef0</volumeId><size>8</size>
      <volumeType>gp3</volumeType><status>in-use</status><createTime>@NOW</createTime>
      <availabilityZone>rehearsal</availabilityZone><encrypted>false</encrypted><attachmentSet><item>
      <volumeId>vol-0123456789abcdef0</volumeId><instanceId>i-0123456789abcdef0</instanceId>
      <device>/dev/xvda</device><status>attached</status></item></attachmentSet></item></volumeSet></R>
      """;

  private static final String SNAPSHOT =
      """
      <R><snapshotSet><item><snapshotId>snap-0123456789abcdef0</snapshotId>
      <volumeId>vol-0123456789abcdef0</volumeId><status>completed</status>
      <startTime>@EARLIER</startTime><progress>100%</progress><ownerId>123456789012</ownerId>
      <volumeSize>8</volumeSize><encrypted>false</encrypted></item></snapshotSet></R>
      """;

  private static final String AGENT =
      """
      {"InstanceInformationList": [{"InstanceId": "i-0123456789abcdef0", "PingStatus": "Online",
       "LastPingDateTime": @EPOCH, "AgentVersion": "3.3.0.0", "PlatformType": "Linux",
       "PlatformName": "Amazon Linux", "PlatformVersion": "2023", "ResourceType": "EC2Instance"}]}
      """;

  private final Instant now;

  /**
   * @param now when it was launched, and when its agent was heard of
   */
  RehearsalMachine(Instant now) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What a service answers that is asked in a form's fields, such as EC2. */
  String form(String request) {
    Matcher action = ACTION.matcher(request);
    return switch (action.find() ? action.group(1) : "") {
      case "DescribeInstances" -> dated(INSTANCE);
      case "DescribeInstanceStatus" -> dated(STATUS);
      case "DescribeVolumes" -> dated(VOLUME);
      case "DescribeSnapshots" -> dated(SNAPSHOT);
      default -> "<R/>";
    };
  }

  /**
   * What a service answers that is asked in JSON; that nothing failed is what PutEvents must say,
   * and means nothing to others.
   */
  String json(String target) {
    return target.endsWith(".DescribeInstanceInformation")
        ? dated(AGENT)
        : "{\"FailedEntryCount\":0}";
  }

  private String dated(String text) {
    return text.replace("@NOW", now.toString())
        .replace("@EARLIER", now.minus(SNAPSHOT_AGE).toString())
        .replace("@EPOCH", Long.toString(now.getEpochSecond()));
  }
}
