package dev.ringfence.awscontract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever answers at the endpoint. LocalStack must keep just the promises that it is known to
 * keep; what another emulator keeps is told in the table and fails nothing.
 */
@ExtendWith(ContractTable.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
    named = Targets.ENDPOINT,
    matches = ".+",
    disabledReason = "no endpoint of an emulator is given")
class EndpointContractTest {
  private final EndpointTarget target = target();

  private static EndpointTarget target() {
    URI endpoint = Targets.endpoint().orElseThrow();
    return new EndpointTarget(Targets.endpointName(endpoint), endpoint, Targets.region());
  }

  static List<Promise> promises() {
    return Contract.PROMISES;
  }

  @ParameterizedTest
  @MethodSource("promises")
  void theEndpointIsAsItIsKnown(Promise promise) {
    Verdict verdict = Verdict.of(promise, target);
    ContractTable.add(target, promise, verdict);
    if (target.name().startsWith("LocalStack")) {
      EndpointContractTest.assertKnown(promise, verdict);
    }
  }

  /** What is not tried is not judged. */
  static void assertKnown(Promise promise, Verdict verdict) {
    if (verdict instanceof Verdict.NotTried || LocalStackGaps.lacksItsEngine(promise, verdict)) {
      return;
    }
    assertEquals(
        !LocalStackGaps.names(promise),
        verdict instanceof Verdict.Held,
        () -> promise + " is " + verdict + ", see LocalStackGaps");
  }
}
