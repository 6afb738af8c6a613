package dev.ringfence.awscontract;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS itself: what it does not keep is wrong in the lab and in the adapters. */
@ExtendWith(ContractTable.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
    named = Targets.ACCOUNT,
    matches = ".+",
    disabledReason = "no account is opened to the contract suite")
class AwsContractTest {
  private final AwsTarget aws = new AwsTarget(System.getenv(Targets.ACCOUNT));

  static List<Promise> promises() {
    return Contract.PROMISES;
  }

  @AfterAll
  void close() {
    aws.close();
  }

  @ParameterizedTest
  @MethodSource("promises")
  void awsKeepsIt(Promise promise) {
    Verdict verdict = Verdict.of(promise, aws);
    ContractTable.add(aws, promise, verdict);
    assertFalse(
        verdict instanceof Verdict.Differs || verdict instanceof Verdict.NotThere,
        () -> promise + " " + verdict);
  }
}
