package dev.ringfence.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only an alarm that is there, can see and says OK lets a roll-out go on. */
class AlarmGateTest {
  private static AlarmSight alarm(String state, String evaluation) {
    return new AlarmSight("checkout", state, evaluation, "because");
  }

  private static AlarmGate.Reading of(AlarmSight seen) {
    return AlarmGate.judge(List.of("checkout"), Map.of("checkout", seen), true);
  }

  private static AlarmGate.Reading blind(String why) {
    return new AlarmGate.Reading(List.of(), List.of("checkout: " + why));
  }

  @Test
  void okAlarm_isOk() {
    assertTrue(of(alarm("OK", "")).isOk());
  }

  @Test
  void firingAlarm_firesEvenWhenItIsHalfBlind() {
    AlarmSight half = alarm("ALARM", "PARTIAL_DATA");
    assertEquals(new AlarmGate.Reading(List.of(half), List.of()), of(half));
  }

  @Test
  void everythingElse_isBlind() {
    assertEquals(blind("INSUFFICIENT_DATA"), of(alarm("INSUFFICIENT_DATA", "")));
    assertEquals(blind("PARTIAL_DATA"), of(alarm("OK", "PARTIAL_DATA")));
    assertEquals(blind("EVALUATION_ERROR"), of(alarm("OK", "EVALUATION_ERROR")));
    assertEquals(blind("ok"), of(alarm("ok", "")));
    assertEquals(
        blind("there is no such alarm"),
        AlarmGate.judge(List.of("checkout"), Map.of("Checkout", alarm("OK", "")), true));
    assertEquals(blind("could not be read"), AlarmGate.judge(List.of("checkout"), Map.of(), false));
  }

  @Test
  void noAlarms_areNoObstacle() {
    assertTrue(AlarmGate.judge(List.of(), Map.of(), false).isOk());
  }
}
