package dev.ringfence.functions.wiring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

/** What happens around the snapshot from which Lambda starts functions. */
class SnapshotTest {
  @Test
  void writer_hasAnotherNameAfterTheRestore_andThenKeepsIt() {
    WriterName name = WriterName.listening();
    String inTheSnapshot = name.get();
    assertEquals(inTheSnapshot, name.get());

    name.afterRestore(Core.getGlobalContext());

    String restored = name.get();
    assertNotEquals(inTheSnapshot, restored);
    assertEquals(restored, name.get());
  }

  @Test
  void priming_usesEveryClientWithoutANetwork() {
    // A Region that does not exist has no address: whatever went out would fail.
    Settings nowhere =
        Settings.of(
            Map.of(
                "AWS_REGION", "xx-nowhere-1",
                "RINGFENCE_TABLE", "Ringfence-Operations",
                "RINGFENCE_CLOCK",
                    "arn:aws:states:eu-central-1:111122223333:stateMachine:Ringfence-clock"));
    assertDoesNotThrow(() -> new Priming(nowhere).beforeCheckpoint(Core.getGlobalContext()));
  }
}
