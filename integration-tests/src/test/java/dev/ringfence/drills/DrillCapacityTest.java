package dev.ringfence.drills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** EC2 has no room for a clone: another subnet is tried, and no proof is taken back. */
class DrillCapacityTest {
  private static final List<String> OTHERS =
      Account.ZONES.stream().skip(1).map(Networks::sealedSubnet).toList();

  /** So many attempts are one call by the SDK. */
  private static final int ATTEMPTS = 3;

  private static final Duration LONG = Duration.ofMinutes(30);

  /** Refuses launches into some subnets, and the first starts. */
  private static final class Full implements WireTap {
    private final List<String> subnets;
    private int starts;

    Full(List<String> subnets, int starts) {
      this.subnets = subnets;
      this.starts = starts;
    }

    @Override
    public void before(WireCall call) {
      boolean launched =
          call.request(RunInstancesRequest.class)
              .filter(launch -> subnets.contains(launch.networkInterfaces().getFirst().subnetId()))
              .isPresent();
      boolean started = call.name().equals("ec2.StartInstances") && starts-- > 0;
      if (launched || started) {
        throw new AwsFault(
            "InsufficientInstanceCapacity", 500, "We currently do not have sufficient capacity.");
      }
    }
  }

  private static Rehearsed told(Full full, List<String> others) {
    return new Rehearsed(full, () -> {}, new Rehearsed.Case(false, false, others, null)).end();
  }

  private static Verdict verdict(Rehearsed told) {
    return Objects.requireNonNull(told.rehearsal().result()).verdict();
  }

  private static void leftNothing(Rehearsed told) {
    assertEquals(List.of(), told.leftovers());
    assertEquals(List.of(), told.harmed());
  }

  @Test
  void launchWithoutCapacity_isTriedInTheNextSubnetAndPasses() {
    Rehearsed told = told(new Full(List.of(Rehearsed.FIRST_SUBNET), 0), OTHERS);
    assertTrue(verdict(told) instanceof Verdict.Passed, () -> verdict(told).toString());
    assertEquals(1, told.launched());
    leftNothing(told);
  }

  @Test
  void stoppedCloneThatFindsNoCapacityAnyMore_isLaunchedAnewInTheNextSubnet() {
    int whileThereIsNone = ATTEMPTS * (int) LONG.toMinutes();
    Rehearsed told = told(new Full(List.of(), ATTEMPTS * 5), OTHERS);
    assertTrue(verdict(told) instanceof Verdict.Passed, () -> verdict(told).toString());
    assertEquals(2, told.launched());
    leftNothing(told);
    Rehearsed never = told(new Full(List.of(), whileThereIsNone), List.of());
    assertEquals(
        DrillFailure.NO_CAPACITY, ((Verdict.Failed) verdict(never)).reason(), "one subnet only");
    leftNothing(never);
  }

  @Test
  void capacityNowhere_isSaidAndTakesNoProofBack() {
    List<String> all = Account.ZONES.stream().map(Networks::sealedSubnet).toList();
    Rehearsed told = told(new Full(all, 0), OTHERS);
    assertEquals(
        new Verdict.Failed(
            DrillFailure.NO_CAPACITY,
            "InsufficientInstanceCapacity in the last of " + all.size() + " subnets"),
        verdict(told));
    assertEquals(false, DrillFailure.NO_CAPACITY.refutes());
    assertEquals(0, told.launched());
    leftNothing(told);
  }
}
