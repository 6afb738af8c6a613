package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.sns.SnsClient;

/** Groups that keep their size, through the real client. */
class AutoScalingTest {
  private static final long SEED = 14;
  private static final Duration SOON = Duration.ofSeconds(25);

  private final Lab lab = Lab.of(120, SEED);
  private final Ec2 ec2 = new Ec2(lab);
  private final AutoScalingClient scaling = client(AutoScalingClient.builder());
  private final Machine member =
      ec2.instance(m -> m.tags().containsKey(FleetSpec.AUTO_SCALING_TAG));
  private final String group =
      Objects.requireNonNull(member.tags().get(FleetSpec.AUTO_SCALING_TAG));

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .httpClient(new LabHttpClient(new Wire(lab.cloud.services())))
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
        .build();
  }

  private AutoScalingGroup seen() {
    return scaling
        .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
        .autoScalingGroups()
        .getFirst();
  }

  private String stateOf(String id) {
    return scaling
        .describeAutoScalingInstances(r -> r.instanceIds(id))
        .autoScalingInstances()
        .stream()
        .map(instance -> instance.lifecycleState() + " " + instance.healthStatus())
        .findFirst()
        .orElse("nobody's");
  }

  private void enter(String id) {
    scaling.enterStandby(
        r -> r.autoScalingGroupName(group).instanceIds(id).shouldDecrementDesiredCapacity(true));
  }

  private static String messageOf(Executable call) {
    return assertThrows(AutoScalingException.class, call).awsErrorDetails().errorCode();
  }

  @Test
  void stoppedMember_isReplacedByAFreshOne() {
    AutoScalingGroup before = seen();
    ec2.stop(member.id());
    assertEquals("InService UNHEALTHY", stateOf(member.id()));
    lab.pass(Duration.ofMinutes(12));
    assertEquals("terminated", ec2.state(member.id()));
    assertEquals("nobody's", stateOf(member.id()));
    assertEquals(before.instances().size(), seen().instances().size());
    String fresh = lab.cloud.truth().leftovers().launched().getFirst();
    assertEquals("InService HEALTHY", stateOf(fresh));
    assertTrue(lab.cloud.truth().isAlive(fresh));
    assertEquals("Online", lab.agent(fresh).pingStatusAsString());
    assertEquals(member.tags(), lab.any(m -> m.id().equals(fresh)).tags());
  }

  @Test
  void memberInStandby_isLeftAloneAndComesBack() {
    int desired = seen().desiredCapacity();
    enter(member.id());
    assertEquals("EnteringStandby HEALTHY", stateOf(member.id()));
    lab.pass(SOON);
    assertEquals("Standby HEALTHY", stateOf(member.id()));
    assertEquals(desired - 1, seen().desiredCapacity());
    ec2.stop(member.id());
    lab.pass(Duration.ofHours(2));
    assertEquals("stopped", ec2.state(member.id()));
    ec2.start(member.id());
    lab.pass(Duration.ofMinutes(1));
    scaling.exitStandby(r -> r.autoScalingGroupName(group).instanceIds(member.id()));
    lab.pass(SOON);
    assertEquals("InService HEALTHY", stateOf(member.id()));
    assertEquals(desired, seen().desiredCapacity());
    assertEquals(List.of(), lab.cloud.truth().leftovers().launched());
  }

  @Test
  void standbyWithoutScalingIn_isFilledWithAFreshMember() {
    scaling.enterStandby(r ->
        r.autoScalingGroupName(group)
            .instanceIds(member.id())
            .shouldDecrementDesiredCapacity(false));
    assertEquals(1, lab.cloud.truth().leftovers().launched().size());
  }

  @Test
  void memberThatComesBackStopped_isReplacedAfterAll() {
    enter(member.id());
    lab.pass(SOON);
    ec2.stop(member.id());
    scaling.exitStandby(r -> r.autoScalingGroupName(group).instanceIds(member.id()));
    lab.pass(Duration.ofMinutes(8));
    assertEquals("terminated", ec2.state(member.id()));
  }

  @Test
  void impossibleMoves_areRefused() {
    assertEquals(
        "ValidationError",
        messageOf(() ->
            scaling.exitStandby(r -> r.autoScalingGroupName(group).instanceIds(member.id()))));
    assertEquals(
        "ValidationError",
        messageOf(() ->
            scaling.enterStandby(r ->
                r.autoScalingGroupName("none")
                    .instanceIds(member.id())
                    .shouldDecrementDesiredCapacity(true))));
    lab.cloud.faults().restore().leastInGroup(group, seen().desiredCapacity());
    assertEquals("ValidationError", messageOf(() -> enter(member.id())));
    assertEquals("InService HEALTHY", stateOf(member.id()));
  }

  @Test
  void terminatedMember_isReplacedUnlessTheGroupShrinks() {
    scaling.terminateInstanceInAutoScalingGroup(
        r -> r.instanceId(member.id()).shouldDecrementDesiredCapacity(true));
    lab.pass(Duration.ofMinutes(2));
    assertEquals("terminated", ec2.state(member.id()));
    assertEquals(List.of(), lab.cloud.truth().leftovers().launched());
  }

  @Test
  void whatIsPublished_isKept() {
    client(EventBridgeClient.builder())
        .putEvents(r ->
            r.entries(
                PutEventsRequestEntry.builder()
                    .source("ringfence")
                    .detailType("Drill Failed")
                    .detail("{}")
                    .build()));
    client(SnsClient.builder())
        .publish(r -> r.topicArn("arn:aws:sns:eu-west-1:123456789012:people").message("look"));
    assertEquals("Drill Failed", lab.cloud.published().events().getFirst().detailType());
    assertEquals("look", lab.cloud.published().messages().getFirst().text());
  }
}
