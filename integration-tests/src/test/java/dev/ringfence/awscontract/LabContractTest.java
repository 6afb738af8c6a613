package dev.ringfence.awscontract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lab keeps every promise, or what is proved in it is worth nothing. */
@ExtendWith(ContractTable.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabContractTest {
  private final LabTarget lab;

  LabContractTest() throws IOException {
    lab = new LabTarget();
  }

  static List<Promise> promises() {
    return Contract.PROMISES;
  }

  @BeforeAll
  static void otherTargetsThatAreNotHere() {
    Targets.tellWhichAreAbsent();
  }

  @AfterAll
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @MethodSource("promises")
  void theLabKeepsIt(Promise promise) {
    Verdict verdict = Verdict.of(promise, lab);
    ContractTable.add(lab, promise, verdict);
    assertEquals(new Verdict.Held(), verdict);
  }
}
