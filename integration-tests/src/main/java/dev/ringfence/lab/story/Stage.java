package dev.ringfence.lab.story;

import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Sets the stage: the policy, the alarm, what releases do to machines, and what else befalls the
 * cloud.
 */
final class Stage {
  /** The alarm that the lab's own policy names. */
  static final String ALARM = "machines-failing";

  /** The zone that goes dark, how long after the release it does, and for how long. */
  private static final String DARK_ZONE = Account.ZONES.get(1);

  private static final Duration DARK_AFTER = Duration.ofMinutes(40);
  private static final Duration DARK_FOR = Duration.ofMinutes(40);

  /** How often it is looked whether everybody has the release and the storm can break. */
  private static final Duration CALM = Duration.ofMinutes(1);

  private final Lab lab;
  private final StoryInput input;
  private final String product;
  private @Nullable Instant stormAt;

  Stage(Lab lab, StoryInput input) {
    this.lab = lab;
    this.input = input;
    this.product = input.release() == null ? Story.PRODUCT : UserRelease.product(input.release());
  }

  void set() {
    putAlarm();
    lab.plane().store().putPolicy(product, policy());
    if (input.release() != null) {
      UserRelease.adopt(input.release(), lab.cloud().documents());
    }
  }

  /** Three machines that fail at once are more than a bad host. */
  private void putAlarm() {
    lab.onlooker()
        .cloudWatch()
        .putMetricAlarm(alarm ->
            alarm
                .alarmName(ALARM)
                .namespace("Ringfence/Fleet")
                .metricName("MachinesFailing")
                .dimensions(Dimension.builder().name("Product").value(product).build())
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(3.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD));
  }

  private String policy() {
    String own = input.policy();
    if (own == null) {
      return StagePolicy.of(input, product).toString();
    }
    switch (PolicyReader.read(own)) {
      case Reading.Accepted<RolloutPolicy>(RolloutPolicy policy) -> {
        if (!policy.product().equals(product)) {
          throw new Story.RefusedStory(
              "policy.product is "
                  + policy.product()
                  + ", but the release's product is "
                  + product);
        }
      }
      case Reading.Refused<RolloutPolicy>(List<Problem> problems) ->
          throw new Story.RefusedStory(
              "the policy was refused: "
                  + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
    return own;
  }

  /** A release with a signature that is not over it must start nothing. */
  boolean forgedIsRefused() {
    String forged = ReleaseEvents.forged(lab.cloud(), product, lab.clock());
    return lab.publish(forged) instanceof ReleaseIntake.Answer.Refused;
  }

  /** The event of a release that harms nobody. */
  String good(String version) {
    lab.cloud().catalog().publish(product, version, new Behaviour.Healthy());
    return event(version, Channel.CONTENT);
  }

  /** The event of the story's own release. */
  String second(String version) {
    Instant now = lab.clock().instant();
    lab.cloud().catalog().publish(product, version, input.scenario().behaviour());
    if (input.scenario() == Scenario.RESTORE_STORM) {
      lab.clock().at(now.plus(CALM), () -> crashEverybody(version));
    }
    if (input.scenario() == Scenario.AZ_OUTAGE) {
      Instant dark = now.plus(DARK_AFTER);
      lab.cloud().faults().outage(DARK_ZONE, dark, dark.plus(DARK_FOR));
    }
    return input.release() == null ? event(version, input.scenario().channel()) : input.release();
  }

  /** Once the last of them has installed it; each is still watched for a while. */
  private void crashEverybody(String version) {
    Instant now = lab.clock().instant();
    boolean everybody =
        lab.cloud().fleet().instances().stream()
            .allMatch(one -> lab.cloud().truth().installs(one.id(), product, version) > 0);
    if (!everybody) {
      lab.clock().at(now.plus(CALM), () -> crashEverybody(version));
      return;
    }
    stormAt = now;
    lab.cloud().fleet().instances().forEach(one -> lab.cloud().faults().crash(one.id()));
  }

  /** When everybody crashed at once; null when nobody did. */
  @Nullable Instant stormAt() {
    return stormAt;
  }

  private String event(String version, Channel channel) {
    return ReleaseEvents.published(lab.cloud(), product, version, channel, lab.clock());
  }
}
