package dev.ringfence.awscontract;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.regions.Region;

/** LocalStack's own image keeps just the promises that it is known to keep. */
@ExtendWith(ContractTable.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Testcontainers(disabledWithoutDocker = true)
class ContainerContractTest {
  private static final LocalStackContainer LOCALSTACK = LocalStackImage.container();

  static List<Promise> promises() {
    return Contract.PROMISES;
  }

  private EndpointTarget target;

  @BeforeAll
  void start() {
    LocalStackImage.start(LOCALSTACK);
    target =
        new EndpointTarget(
            Targets.LOCALSTACK_CONTAINER,
            LOCALSTACK.getEndpoint(),
            Region.of(LOCALSTACK.getRegion()));
  }

  @AfterAll
  static void stop() {
    LOCALSTACK.stop();
  }

  @ParameterizedTest
  @MethodSource("promises")
  void theImageIsAsItIsKnown(Promise promise) {
    Verdict verdict = Verdict.of(promise, target);
    ContractTable.add(target, promise, verdict);
    EndpointContractTest.assertKnown(promise, verdict);
  }
}
