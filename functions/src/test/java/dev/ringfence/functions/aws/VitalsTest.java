package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.health.Check;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

class VitalsTest {
  private static final Instant PING = FakeAws.START.minusSeconds(70);
  private static final Vitals.Ec2 WELL =
      new Vitals.Ec2("running", Check.OK, Check.OK, Check.NOT_APPLICABLE);
  private static final Vitals.Ec2 ABSENT =
      new Vitals.Ec2("absent", Check.UNKNOWN, Check.UNKNOWN, Check.UNKNOWN);

  private final FakeAws aws = new FakeAws();
  private final Set<String> known = new HashSet<>();

  VitalsTest() {
    aws.ec2.script.on(DescribeInstanceStatusRequest.class, this::statuses);
    aws.ssm.script.on(DescribeInstanceInformationRequest.class, this::agents);
  }

  @Test
  void machines_areReadInPagesOf100And50() {
    Set<String> machines = instances(230);
    known.addAll(machines);
    Sight sight = look(machines);
    assertEquals(230, sight.vitals().size());
    for (String id : machines) {
      assertEquals(
          new Vitals(FakeAws.START, WELL, new Vitals.Agent(PING)), sight.vitals().get(id), id);
    }
    assertEquals(
        List.of(100, 100, 30),
        aws.ec2.script.all(DescribeInstanceStatusRequest.class).stream()
            .map(request -> request.instanceIds().size())
            .toList());
    assertEquals(
        List.of(50, 50, 50, 50, 30),
        aws.ssm.script.all(DescribeInstanceInformationRequest.class).stream()
            .map(request -> request.filters().getFirst().values().size())
            .toList());
    assertEquals(
        true,
        aws.ec2.script.all(DescribeInstanceStatusRequest.class).getFirst().includeAllInstances());
    assertEquals(List.of(), sight.gaps());
  }

  @Test
  void machineThatNobodyLists_isAbsentWhichIsAReading() {
    assertEquals(
        Map.of("i-0000000a", new Vitals(FakeAws.START, ABSENT, new Vitals.Agent(null))),
        look(Set.of("i-0000000a")).vitals());
  }

  @Test
  void hybridNode_isNotAskedOfEc2() {
    known.add("mi-0123456789abcdef0");
    assertEquals(
        Map.of("mi-0123456789abcdef0", new Vitals(FakeAws.START, null, new Vitals.Agent(PING))),
        look(Set.of("mi-0123456789abcdef0")).vitals());
    assertEquals(0, aws.ec2.script.calls());
  }

  @Test
  void failedPage_leavesItsMachinesUnreadAndNamesTheGap() {
    Set<String> machines = instances(150);
    known.addAll(machines);
    String last = new TreeSet<>(machines).last();
    aws.ec2.script.on(
        DescribeInstanceStatusRequest.class,
        request -> {
          if (request.instanceIds().contains(last)) {
            throw FakeAws.error("RequestLimitExceeded", 503);
          }
          return statuses(request);
        });
    aws.ssm.script.on(
        DescribeInstanceInformationRequest.class,
        request -> {
          if (request.filters().getFirst().values().contains(last)) {
            throw SdkClientException.create("Connection reset");
          }
          return agents(request);
        });
    Sight sight = look(machines);
    assertEquals(new Vitals(FakeAws.START, null, null), sight.vitals().get(last));
    assertEquals(
        50, sight.vitals().values().stream().filter(vitals -> vitals.ec2() == null).count());
    assertEquals(
        50, sight.vitals().values().stream().filter(vitals -> vitals.agent() == null).count());
    assertEquals(
        List.of(
            "DescribeInstanceStatus of 50: RequestLimitExceeded",
            "DescribeInstanceInformation of 50: Connection reset"),
        sight.gaps());
  }

  @Test
  void unknownIdThatTheRefusalNames_isAbsentAndSpoilsNobodyElse() {
    Set<String> machines = instances(3);
    known.addAll(machines);
    known.remove("i-00000001");
    refuseUnknown("The instance ID '%s' does not exist");
    Sight sight = look(machines);
    assertEquals(ABSENT, ec2(sight, "i-00000001"));
    assertEquals(WELL, ec2(sight, "i-00000000"));
    assertEquals(WELL, ec2(sight, "i-00000002"));
    assertEquals(2, aws.ec2.script.all(DescribeInstanceStatusRequest.class).size());
    assertEquals(List.of(), sight.gaps());
  }

  @Test
  void shortIdThatBeginsALongOne_isNotTakenForIt() {
    known.add("i-0000000a");
    refuseUnknown("The instance ID '%s' does not exist");
    Sight sight = look(Set.of("i-0000000a", "i-0000000a111111111"));
    assertEquals(WELL, ec2(sight, "i-0000000a"));
    assertEquals(ABSENT, ec2(sight, "i-0000000a111111111"));
  }

  @Test
  void unknownIdThatIsNotNamed_isFoundByHalving() {
    Set<String> machines = instances(100);
    known.addAll(machines);
    known.remove("i-00000037");
    refuseUnknown("an instance does not exist");
    Sight sight = look(machines);
    assertEquals(ABSENT, ec2(sight, "i-00000037"));
    assertEquals(
        99, sight.vitals().values().stream().filter(vitals -> WELL.equals(vitals.ec2())).count());
    int calls = aws.ec2.script.all(DescribeInstanceStatusRequest.class).size();
    assertEquals(true, calls <= 15, calls + " calls");
  }

  @ParameterizedTest
  @CsvSource({
    "ok, OK",
    "impaired, IMPAIRED",
    "initializing, INITIALIZING",
    "insufficient-data, INSUFFICIENT_DATA",
    "not-applicable, NOT_APPLICABLE",
    "on-holiday, UNKNOWN"
  })
  void statusWords_areReadAsTheyAreAndNewOnesAreNoHealth(String word, Check check) {
    aws.ec2.script.on(
        DescribeInstanceStatusRequest.class,
        request ->
            DescribeInstanceStatusResponse.builder()
                .instanceStatuses(
                    InstanceStatus.builder()
                        .instanceId("i-00000000")
                        .instanceState(state -> state.name("stopping"))
                        .instanceStatus(status -> status.status(word))
                        .systemStatus(status -> status.status("ok"))
                        .attachedEbsStatus(status -> status.status(word))
                        .build())
                .build());
    assertEquals(
        new Vitals.Ec2("stopping", check, Check.OK, check),
        ec2(look(Set.of("i-00000000")), "i-00000000"));
  }

  @Test
  void spentBudget_leavesTheRestUnreadWithoutACall() {
    Set<String> machines = instances(250);
    known.addAll(machines);
    Pacer pacer = Pacer.with(Map.of(Pacer.Budget.EC2_DESCRIBE, new TokenBucket.Limit(2, 1)), aws);
    Sight sight = aws.world(pacer).observe(Watch.NOTHING.withMachines(machines, Set.of()));
    assertEquals(2, aws.ec2.script.calls());
    assertEquals(
        List.of("DescribeInstanceStatus of 50: paced: EC2_DESCRIBE is spent for now"),
        sight.gaps());
    assertEquals(
        50, sight.vitals().values().stream().filter(vitals -> vitals.ec2() == null).count());
  }

  private Sight look(Set<String> machines) {
    return aws.world().observe(Watch.NOTHING.withMachines(machines, Set.of()));
  }

  private static Vitals.@Nullable Ec2 ec2(Sight sight, String id) {
    return Objects.requireNonNull(sight.vitals().get(id)).ec2();
  }

  private static Set<String> instances(int count) {
    Set<String> ids = new HashSet<>();
    IntStream.range(0, count).forEach(n -> ids.add(String.format("i-%08d", n)));
    return ids;
  }

  private void refuseUnknown(String message) {
    aws.ec2.script.on(
        DescribeInstanceStatusRequest.class,
        request -> {
          for (String id : request.instanceIds()) {
            if (!known.contains(id)) {
              throw FakeAws.error("InvalidInstanceID.NotFound", 400, String.format(message, id));
            }
          }
          return statuses(request);
        });
  }

  private DescribeInstanceStatusResponse statuses(DescribeInstanceStatusRequest request) {
    List<InstanceStatus> statuses = new ArrayList<>();
    for (String id : request.instanceIds()) {
      if (known.contains(id)) {
        statuses.add(
            InstanceStatus.builder()
                .instanceId(id)
                .instanceState(state -> state.name("running"))
                .instanceStatus(status -> status.status("ok"))
                .systemStatus(status -> status.status("ok"))
                .build());
      }
    }
    return DescribeInstanceStatusResponse.builder().instanceStatuses(statuses).build();
  }

  private DescribeInstanceInformationResponse agents(DescribeInstanceInformationRequest request) {
    List<InstanceInformation> agents = new ArrayList<>();
    for (String id : request.filters().getFirst().values()) {
      if (known.contains(id)) {
        agents.add(InstanceInformation.builder().instanceId(id).lastPingDateTime(PING).build());
      }
    }
    return DescribeInstanceInformationResponse.builder().instanceInformationList(agents).build();
  }
}
