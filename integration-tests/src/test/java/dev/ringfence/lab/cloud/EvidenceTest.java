package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotResponse;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

class EvidenceTest {
  private static final long SEED = 5;

  /** More calls than any bucket that is drawn from faster than it fills can serve. */
  private static final int CALLS_MAX = 400;

  private static final int NEVER = -1;

  private static List<String> impaired(Lab lab) {
    return lab
        .ask(
            "ec2",
            "DescribeInstanceStatus",
            DescribeInstanceStatusRequest.builder()
                .maxResults(1000)
                .filters(Filter.builder().name("instance-status.status").values("impaired").build())
                .build(),
            DescribeInstanceStatusResponse.class)
        .instanceStatuses()
        .stream()
        .map(status -> status.instanceId())
        .toList();
  }

  @Test
  void pings_comeEveryFiveMinutesAndAreNeverOlder() {
    Lab lab = Lab.of(60, SEED);
    String id = lab.anyInstance().id();
    Instant first = lab.agent(id).lastPingDateTime();
    assertTrue(!first.isBefore(lab.now().minus(Duration.ofMinutes(5))));
    lab.pass(Duration.ofMinutes(5));
    assertEquals(first.plus(Duration.ofMinutes(5)), lab.agent(id).lastPingDateTime());
  }

  @Test
  void silentAgent_isHeardAgainAtItsNextPing() {
    Lab lab = Lab.of(60, SEED);
    String id = lab.anyInstance().id();
    lab.clock.runUntil(lab.agent(id).lastPingDateTime().plus(Duration.ofMinutes(5)));
    Instant last = lab.now();
    lab.cloud.faults().agentSilent(id, Duration.ofMinutes(22));
    lab.pass(Duration.ofMinutes(21));
    assertEquals(last, lab.agent(id).lastPingDateTime());
    assertEquals("ConnectionLost", lab.agent(id).pingStatusAsString());
    lab.pass(Duration.ofMinutes(2));
    assertEquals(last, lab.agent(id).lastPingDateTime(), "heard only when it pings");
    lab.pass(Duration.ofMinutes(3));
    assertEquals(last.plus(Duration.ofMinutes(25)), lab.agent(id).lastPingDateTime());
    assertEquals("Online", lab.agent(id).pingStatusAsString());
  }

  @Test
  void zoneOutage_impairsItsZoneAndPasses() {
    Lab lab = Lab.of(120, SEED);
    String zone = Account.ZONES.getFirst();
    List<String> inZone =
        lab.cloud.fleet().instances().stream()
            .filter(machine -> machine.hardware().zone().equals(zone))
            .map(Machine::id)
            .toList();
    Instant from = lab.now().plus(Duration.ofMinutes(1));
    lab.cloud.faults().outage(zone, from, from.plus(Duration.ofMinutes(20)));
    lab.pass(Duration.ofMinutes(19));
    assertEquals(inZone, impaired(lab));
    assertEquals("impaired", lab.status(inZone.getFirst()).systemStatus().statusAsString());
    assertEquals("ConnectionLost", lab.agent(inZone.getFirst()).pingStatusAsString());
    lab.pass(Duration.ofMinutes(8));
    assertEquals(List.of(), impaired(lab));
    assertEquals("ok", lab.status(inZone.getFirst()).systemStatus().statusAsString());
    assertEquals("Online", lab.agent(inZone.getFirst()).pingStatusAsString());
    assertEquals(120, lab.cloud.truth().aliveNow());
  }

  @Test
  void statusOfMoreThanAHundredIds_isRefused() {
    Lab lab = Lab.of(120, SEED);
    List<String> ids = lab.cloud.fleet().instances().stream().limit(101).map(Machine::id).toList();
    assertEquals(
        "400 InvalidParameterValue",
        lab.faultOf(
            "ec2",
            "DescribeInstanceStatus",
            DescribeInstanceStatusRequest.builder().instanceIds(ids).build()));
  }

  @Test
  void screenshot_isAJpegOfTheCrashAndNotToBeHadOnArm() {
    Lab lab = Lab.of(60, SEED);
    Machine windows =
        lab.any(m -> m.hardware().os() == Hardware.Os.WINDOWS && !m.hardware().hybrid());
    lab.cloud.faults().crash(windows.id());
    byte[] image =
        Base64.getDecoder()
            .decode(
                lab.ask(
                        "ec2",
                        "GetConsoleScreenshot",
                        GetConsoleScreenshotRequest.builder().instanceId(windows.id()).build(),
                        GetConsoleScreenshotResponse.class)
                    .imageData());
    assertEquals((byte) 0xff, image[0]);
    assertEquals((byte) 0xd8, image[1]);
    assertTrue(image.length < 100_000, "AWS gives at most 100 kB");
    Machine arm = lab.any(m -> m.hardware().architecture() == Hardware.Architecture.ARM64);
    assertEquals(
        "400 UnsupportedOperation",
        lab.faultOf(
            "ec2",
            "GetConsoleScreenshot",
            GetConsoleScreenshotRequest.builder().instanceId(arm.id()).build()));
  }

  @Test
  void calendars_areOpenOnlyTogetherAndTurnInTime() {
    Lab lab = Lab.of(10, SEED);
    Instant noon = lab.now().plus(Duration.ofHours(4));
    lab.cloud.calendar("always", true, null);
    lab.cloud.calendar("freeze", false, noon);
    var request = GetCalendarStateRequest.builder().calendarNames("always", "freeze").build();
    var closed = lab.ask("ssm", "GetCalendarState", request, GetCalendarStateResponse.class);
    assertEquals("CLOSED", closed.stateAsString());
    assertEquals(noon.toString(), closed.nextTransitionTime());
    lab.pass(Duration.ofHours(4));
    var open = lab.ask("ssm", "GetCalendarState", request, GetCalendarStateResponse.class);
    assertEquals("OPEN", open.stateAsString());
    assertEquals(
        "400 InvalidDocument",
        lab.faultOf(
            "ssm",
            "GetCalendarState",
            GetCalendarStateRequest.builder().calendarNames("x").build()));
  }

  @Test
  void throttles_answerAsTheServicesDoAndRefillWithTime() {
    Lab lab = Lab.of(300, SEED);
    lab.cloud.throttles().switchOn();
    var one = DescribeInstancesRequest.builder().maxResults(5).build();
    var whole = DescribeInstancesRequest.builder().build();
    var alarms = DescribeAlarmsRequest.builder().build();
    // A call takes 50 ms, in which its bucket earns a part of the token back that it cost.
    assertEquals(NEVER, callsUntilRefused(lab, "ec2", "DescribeInstances", one));
    assertEquals(99, callsUntilRefused(lab, "ec2", "DescribeInstances", whole));
    lab.pass(Duration.ofMinutes(1));
    assertEquals(99, callsUntilRefused(lab, "ec2", "DescribeInstances", whole));
    assertEquals(15, callsUntilRefused(lab, "monitoring", "DescribeAlarms", alarms));
    var bad = CreateSnapshotsRequest.builder().build();
    assertEquals("400 MissingParameter", lab.faultOf("ec2", "CreateSnapshots", bad));
  }

  @Test
  void throttles_areNamedAsEachServiceNamesThem() {
    Lab lab = Lab.of(60, SEED);
    lab.cloud.throttles().switchOn();
    assertEquals(
        "503 RequestLimitExceeded",
        refusal(lab, "ec2", "DescribeInstances", DescribeInstancesRequest.builder().build()));
    assertEquals(
        "400 Throttling",
        refusal(lab, "monitoring", "DescribeAlarms", DescribeAlarmsRequest.builder().build()));
  }

  private static String refusal(Lab lab, String service, String operation, SdkPojo request) {
    for (int call = 0; call < CALLS_MAX; call++) {
      try {
        lab.ask(service, operation, request, SdkPojo.class);
      } catch (AwsFault refused) {
        return refused.status() + " " + refused.code();
      }
    }
    return "none";
  }

  private static int callsUntilRefused(Lab lab, String service, String operation, SdkPojo request) {
    long before = lab.cloud.throttles().refused();
    for (int calls = 0; calls < CALLS_MAX; calls++) {
      try {
        lab.ask(service, operation, request, SdkPojo.class);
      } catch (AwsFault refused) {
        assertEquals(before + 1, lab.cloud.throttles().refused());
        return calls;
      }
    }
    return NEVER;
  }
}
