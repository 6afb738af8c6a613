package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Stratum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineStoriesTest {
  private static final long SEED = 20240719;

  private static String output(Lab lab, String commandId) {
    return lab.invocations(commandId).getFirst().commandPlugins().getFirst().output();
  }

  @Test
  void healthyRelease_isInstalledRebootedAndReadBack() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    Machine machine = lab.anyInstance();
    Instant before = lab.now();
    lab.install(List.of(machine.id()), "after");
    lab.pass(Duration.ofMinutes(8));
    String read = lab.readVersion(List.of(machine.id()));
    lab.pass(Duration.ofSeconds(10));
    assertEquals("version=7.16.0\nbooted=" + machine.bootedAt() + "\n", output(lab, read));
    assertTrue(machine.bootedAt().isAfter(before), "it rebooted");
    assertTrue(lab.agent(machine.id()).lastPingDateTime().isAfter(machine.bootedAt()));
    assertEquals("ok", lab.status(machine.id()).instanceStatus().statusAsString());
  }

  @Test
  void blueScreen_isASuccessfulCommandOnAMachineThatStaysRunning() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BlueScreen());
    Machine machine = lab.anyInstance();
    String command = lab.install(List.of(machine.id()), "never");
    lab.pass(Duration.ofMinutes(5));
    assertEquals("Success", lab.invocations(command).getFirst().statusAsString());
    assertEquals(Machine.Condition.CRASHED, machine.condition());
    assertEquals("running", lab.status(machine.id()).instanceState().nameAsString());
    assertEquals("impaired", lab.status(machine.id()).instanceStatus().statusAsString());
    lab.pass(Duration.ofMinutes(12));
    assertEquals("ConnectionLost", lab.agent(machine.id()).pingStatusAsString());
  }

  @Test
  void statusCheck_turnsImpairedOneToTwoMinutesAfterTheCrash() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BlueScreen());
    Machine machine = lab.anyInstance();
    lab.install(List.of(machine.id()), "never");
    while (machine.condition() != Machine.Condition.CRASHED) {
      lab.pass(Duration.ofSeconds(1));
    }
    lab.pass(Duration.ofSeconds(59));
    assertEquals("ok", lab.status(machine.id()).instanceStatus().statusAsString());
    lab.pass(Duration.ofSeconds(61));
    assertEquals("impaired", lab.status(machine.id()).instanceStatus().statusAsString());
  }

  @Test
  void bootLoop_hurtsOnlyItsStratumAndOnlyAtTheNextBoot() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BootLoop(Stratum.of(Hardware.Os.WINDOWS)));
    Machine windows =
        lab.any(m -> !m.hardware().hybrid() && m.hardware().os() == Hardware.Os.WINDOWS);
    Machine linux = lab.any(m -> !m.hardware().hybrid() && m.hardware().os() == Hardware.Os.LINUX);
    String command = lab.install(List.of(windows.id(), linux.id()), "after");
    lab.pass(Duration.ofMinutes(10));
    assertEquals(
        List.of("Success", "Success"),
        lab.invocations(command).stream().map(i -> i.statusAsString()).toList());
    assertEquals(Machine.Condition.CRASHED, windows.condition());
    assertEquals(Machine.Condition.UP, linux.condition());
  }

  @Test
  void slowLeak_crashesLongAfterAllLooksWellAndAgainAfterEveryBoot() {
    Duration delay = Duration.ofHours(2);
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.SlowLeak(delay));
    Machine machine = lab.anyInstance();
    lab.install(List.of(machine.id()), "never");
    lab.pass(Duration.ofMinutes(110));
    assertEquals(Machine.Condition.UP, machine.condition());
    lab.pass(Duration.ofMinutes(15));
    assertEquals(Machine.Condition.CRASHED, machine.condition());
  }

  @Test
  void agentKiller_silencesTheAgentWhileEc2SeesNothing() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.AgentKiller());
    Machine machine = lab.anyInstance();
    lab.install(List.of(machine.id()), "never");
    lab.pass(Duration.ofMinutes(20));
    assertEquals("ok", lab.status(machine.id()).instanceStatus().statusAsString());
    assertEquals("ConnectionLost", lab.agent(machine.id()).pingStatusAsString());
    assertFalse(machine.agent().isRunning());
  }

  private static List<Object> story(long seed) {
    Lab lab = Lab.of(200, seed).publishing(new Behaviour.BlueScreen());
    List<String> ids = lab.cloud.fleet().machines().stream().limit(50).map(Machine::id).toList();
    String command = lab.install(ids, "after");
    lab.pass(Duration.ofMinutes(30));
    return List.of(
        lab.invocations(command),
        lab.cloud.truth().loaded(Lab.PRODUCT, Lab.NEXT),
        lab.cloud.truth().everCrashed());
  }

  @Test
  void sameSeed_tellsTheSameStoryToTheMillisecond() {
    assertEquals(story(SEED), story(SEED));
    assertNotEquals(story(SEED), story(SEED + 1));
  }

  @Test
  void everyMachine_isInFlightFromDeliveryToTheEndOfItsBoot() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    List<String> ids = lab.cloud.fleet().machines().stream().limit(20).map(Machine::id).toList();
    lab.install(ids, "after");
    lab.pass(Duration.ofSeconds(60));
    assertEquals(20, lab.cloud.truth().inFlight().size());
    lab.pass(Duration.ofMinutes(10));
    assertEquals(List.of(), List.copyOf(lab.cloud.truth().inFlight()));
    assertEquals(20, lab.cloud.truth().mostInFlight());
    assertEquals(1, lab.cloud.truth().installs(ids.getFirst(), Lab.PRODUCT, Lab.NEXT));
  }

  @Test
  void crashedMachine_crashesAgainAtEveryBootUntilItsDiskChanges() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.BlueScreen());
    Machine machine = lab.anyInstance();
    lab.install(List.of(machine.id()), "never");
    lab.pass(Duration.ofMinutes(5));
    for (int boot = 0; boot < 3; boot++) {
      lab.cloud.faults().reboot(machine.id());
      lab.pass(Duration.ofMinutes(6));
      assertEquals(Machine.Condition.CRASHED, machine.condition(), "after boot " + boot);
    }
  }
}
