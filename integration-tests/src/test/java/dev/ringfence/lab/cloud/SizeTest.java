package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** Guards against walks over the fleet where a look-up would do; the bounds are generous. */
class SizeTest {
  private static final int POLLS = 2000;

  /** A walk over ten thousand machines for each of two hundred thousand ids would take minutes. */
  private static final Duration POLLS_MOST = Duration.ofSeconds(30);

  private static final Duration FLEET_MOST = Duration.ofSeconds(20);

  private static Duration time(Runnable what) {
    long begin = System.nanoTime();
    what.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void tenThousandMachines_areBuiltInstalledAndPolledWithoutWalks() {
    List<Lab> made = new ArrayList<>();
    Duration building = time(() -> made.add(Lab.of(10_000, 1)));
    Lab lab = made.getFirst().publishing(new Behaviour.Healthy());
    List<String> ids = lab.cloud.fleet().instances().stream().map(Machine::id).toList();
    Duration installing = time(() -> installAll(lab, ids));
    assertEquals(ids.size(), lab.cloud.truth().loaded(Lab.PRODUCT, Lab.NEXT).size());
    Duration polling = time(() -> IntStream.range(0, POLLS).forEach(i -> poll(lab, ids, i)));
    System.out.println(
        "10,000 machines: built in "
            + building.toMillis()
            + " ms, installed in "
            + installing.toMillis()
            + " ms, polled "
            + POLLS
            + " times 100 + 50 ids in "
            + polling.toMillis()
            + " ms");
    assertTrue(polling.compareTo(POLLS_MOST) < 0, "polling took " + polling);
  }

  @Test
  void hundredThousandMachines_areBuiltInSeconds() {
    Duration building = time(() -> Lab.of(100_000, 1));
    System.out.println("100,000 machines: built in " + building.toMillis() + " ms");
    assertTrue(building.compareTo(FLEET_MOST) < 0, "building took " + building);
  }

  private static void installAll(Lab lab, List<String> ids) {
    for (int i = 0; i < ids.size(); i += 50) {
      lab.install(ids.subList(i, Math.min(i + 50, ids.size())), "after");
    }
    lab.pass(Duration.ofMinutes(15));
  }

  private static void poll(Lab lab, List<String> ids, int turn) {
    int from = turn * 100 % (ids.size() - 100);
    var status =
        DescribeInstanceStatusRequest.builder().instanceIds(ids.subList(from, from + 100)).build();
    var agents =
        DescribeInstanceInformationRequest.builder()
            .maxResults(50)
            .filters(
                InstanceInformationStringFilter.builder()
                    .key("InstanceIds")
                    .values(ids.subList(from, from + 50))
                    .build())
            .build();
    assertEquals(
        100,
        lab.ask("ec2", "DescribeInstanceStatus", status, DescribeInstanceStatusResponse.class)
            .instanceStatuses()
            .size());
    assertEquals(
        50,
        lab.ask(
                "ssm",
                "DescribeInstanceInformation",
                agents,
                DescribeInstanceInformationResponse.class)
            .instanceInformationList()
            .size());
  }
}
