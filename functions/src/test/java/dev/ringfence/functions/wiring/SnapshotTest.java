package dev.ringfence.functions.wiring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ringfence.control.RestoreDesk;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.Janitor;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.notice.Herald;
import dev.ringfence.widget.Widget;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** A Region that does not exist has no address: whatever went out would fail. */
  private static final Map<String, String> NOWHERE =
      Map.of(
          "AWS_REGION", "xx-nowhere-1",
          "RINGFENCE_CELL", "ringfence",
          "RINGFENCE_TABLE", "Ringfence-Operations",
          "RINGFENCE_BUS", "Ringfence-bus",
          "RINGFENCE_CLOCK",
              "arn:aws:states:eu-central-1:111122223333:stateMachine:Ringfence-clock");

  @ParameterizedTest
  @ValueSource(
      classes = {
        ReleaseIntake.class,
        AlarmIntake.class,
        Engine.class,
        Herald.class,
        Janitor.class,
        RolloutDesk.class,
        RestoreDesk.class,
        Widget.class
      })
  void priming_playsWhatTheFunctionIsMadeOfWithoutANetwork(Class<?> collaborator) {
    Priming priming = new Priming(NOWHERE);
    priming.asked(collaborator);
    assertDoesNotThrow(() -> priming.beforeCheckpoint(Core.getGlobalContext()));
  }
}
