package dev.ringfence.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.contract.Tags;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RestorePointRule;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.RolloutCourse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/** As long as a rollout may still need them, its restore points stay, whatever their day. */
class ExpiryUnderWatchTest {
  private static final String PRODUCT = "falcon-content";
  private static final String NEXT = "2026.11.03.1";

  @Test
  void restorePointsOfARolloutUnderWay_stayUntilItIsOver() throws IOException {
    try (Lab lab = Lab.open(FleetSpec.of(40, 7).running(PRODUCT, "2026.11.02.1"), beat -> {})) {
      // Each machine gets a restore point of its own, although there are backups.
      ChannelPolicy fresh =
          ChannelPolicy.defaults(Channel.CONTENT)
              .with(WayBack.RESTORE_POINT, new RestorePointRule.Fresh());
      LabPolicies.register(
          lab.look(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, fresh));
      lab.cloud().catalog().publish(PRODUCT, NEXT, new Behaviour.Healthy());
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofMinutes(10)));
      String rollout = publish(lab);
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(1)));
      NavigableSet<String> points = expireAll(lab);
      assertFalse(points.isEmpty());
      assertFalse(lab.look().load(RolloutCourse.FORM, rollout).orElseThrow().head().isFinal());
      assertEquals("{\"removed\":0,\"inUse\":0,\"stuck\":0,\"putOff\":0}", sweep(lab).toString());
      assertEquals(points, points(lab));
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(12)));
      assertTrue(lab.look().load(RolloutCourse.FORM, rollout).orElseThrow().head().isFinal());
      NavigableSet<String> all = expireAll(lab);
      assertEquals(all.size(), sweep(lab).path("removed").asInt());
      assertEquals(new TreeSet<>(), points(lab));
      assertTrue(
          lab.plane().metricLines().stream().anyMatch(line -> line.contains("ExpiredRemoved")));
    }
  }

  private static String publish(Lab lab) {
    String event =
        ReleaseEvents.published(lab.cloud(), PRODUCT, NEXT, Channel.CONTENT, lab.clock());
    return switch (lab.publish(event)) {
      case ReleaseIntake.Answer.Started started -> started.id();
      case ReleaseIntake.Answer.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private static List<Snapshot> kept(Lab lab) {
    return lab
        .onlooker()
        .ec2()
        .describeSnapshotsPaginator(own ->
            own.ownerIds("self")
                .filters(Filter.builder().name("tag-key").values(Tags.EXPIRES).build()))
        .snapshots()
        .stream()
        .toList();
  }

  private static NavigableSet<String> points(Lab lab) {
    return new TreeSet<>(kept(lab).stream().map(Snapshot::snapshotId).toList());
  }

  private static NavigableSet<String> expireAll(Lab lab) {
    NavigableSet<String> points = points(lab);
    Tag past = Tag.builder().key(Tags.EXPIRES).value("2020-01-01T00:00:00Z").build();
    points.forEach(id -> lab.onlooker().ec2().createTags(tags -> tags.resources(id).tags(past)));
    return points;
  }

  private static JsonNode sweep(Lab lab) {
    JsonNode event = new JsonMapper().createObjectNode();
    return switch (lab.plane().lambda().invoke(DeployedPlane.EXPIRY_SWEEP, event)) {
      case LabLambda.Outcome.Returned(JsonNode payload) -> payload;
      case LabLambda.Outcome.Failed failed -> throw new AssertionError(failed.toString());
    };
  }
}
