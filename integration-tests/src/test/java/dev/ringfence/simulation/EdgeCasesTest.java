package dev.ringfence.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.engine.ReleaseIntake.Answer;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.plane.LoopClocks.FunctionDied;
import dev.ringfence.operation.Part;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.RestorePointRule;
import dev.ringfence.policy.WayBack;
import dev.ringfence.rollout.HaltReason;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The edges that matter most, each by its name, on the lab. */
class EdgeCasesTest {
  private static final Behaviour HEALTHY = new Behaviour.Healthy();
  private static final Behaviour BLUE_SCREEN = new Behaviour.BlueScreen();

  private static HaltReason reason(Rollout rollout) {
    return assertInstanceOf(RolloutPhase.Halted.class, rollout.phase()).reason();
  }

  @Test
  void sameEventTenTimesAtOnce_startsOneRollout() {
    Cell cell = Cell.usual();
    String id = cell.publish(HEALTHY);
    Set<String> ids = new TreeSet<>();
    for (int i = 1; i < 10; i++) {
      ids.add(assertInstanceOf(Answer.Started.class, cell.publishAgain()).id());
    }
    assertEquals(Set.of(id), ids);
    assertInstanceOf(RolloutPhase.Succeeded.class, cell.end(id).phase());
    assertEquals(1, cell.file.created().size());
    cell.assertPromisesHold();
  }

  @Test
  void commandSentButAnswerLost_isNotSentAgain() {
    Cell cell = Cell.usual().countingUpdates();
    cell.afterFirstUpdate(() -> {
      throw new InterruptedIOException("the answer was lost");
    });
    String id = cell.publish(HEALTHY);
    assertInstanceOf(RolloutPhase.Succeeded.class, cell.end(id).phase());
    assertEquals(cell.plane.rollout(id).parts().size(), cell.updatesSent());
    cell.assertPromisesHold();
  }

  @Test
  void functionThatDiesAfterSending_isNotSentAgain() {
    Cell cell = Cell.usual().countingUpdates();
    cell.afterFirstUpdate(() -> {
      throw new FunctionDied("after SendCommand");
    });
    String id = cell.publish(HEALTHY);
    assertInstanceOf(RolloutPhase.Succeeded.class, cell.end(id).phase());
    assertEquals(cell.plane.rollout(id).parts().size(), cell.updatesSent());
    cell.assertPromisesHold();
  }

  @Test
  void functionThatDiesBeforeSending_isMadeUpFor() {
    Cell cell = Cell.usual().countingUpdates();
    cell.beforeFirstUpdate(() -> {
      throw new FunctionDied("before SendCommand");
    });
    String id = cell.publish(HEALTHY);
    assertInstanceOf(RolloutPhase.Succeeded.class, cell.end(id).phase());
    assertEquals(cell.plane.rollout(id).parts().size(), cell.updatesSent());
    cell.assertPromisesHold();
  }

  @Test
  void haltDuringDispatch_callsBackTheCommandInFlight() {
    Cell cell = Cell.withAlarm().countingUpdates();
    cell.beforeFirstUpdate(() -> cell.plane.alarmChanged(alarmEvent()));
    Rollout ended = cell.end(cell.publish(HEALTHY));
    assertInstanceOf(HaltReason.Asked.class, reason(ended));
    assertEquals(1, cell.updatesSent());
    assertTrue(cell.meter.calls().getOrDefault("ssm.CancelCommand", 0L) >= 1);
    cell.assertPromisesHold();
  }

  @Test
  void haltBetweenTwoCommandsOfOneBeat_sendsTheFirstOnly() {
    Cell cell =
        Cell.withAlarm(
                120, rules -> rules.with(Pace.PER_GROUP_SHARE, 1.0).with(Pace.PER_ZONE_SHARE, 1.0))
            .countingUpdates();
    // The last wave has more machines than one command takes, so one beat sends it two.
    long[] before = {0};
    cell.beforeUpdate(
        machines -> machines.size() == Part.MACHINES_MAX,
        () -> {
          before[0] = cell.updatesSent();
          cell.plane.alarmChanged(alarmEvent());
        });
    Rollout ended = cell.end(cell.publish(HEALTHY));
    assertInstanceOf(HaltReason.Asked.class, reason(ended));
    assertTrue(before[0] > 0);
    assertEquals(before[0] + 1, cell.updatesSent());
    cell.assertPromisesHold();
  }

  @Test
  void haltBetweenTwoRings_sendsNothingMore() {
    Cell cell = Cell.withAlarm().countingUpdates();
    String id = cell.publish(HEALTHY);
    cell.run(Duration.ofMinutes(8));
    long sent = cell.updatesSent();
    cell.plane.alarmChanged(alarmEvent());
    cell.end(id);
    assertTrue(sent >= 1);
    assertEquals(sent, cell.updatesSent());
    cell.assertPromisesHold();
  }

  private static String alarmEvent() {
    return """
    {"source":"aws.cloudwatch","detail-type":"CloudWatch Alarm State Change",
     "detail":{"alarmName":"%s","state":{"value":"ALARM","reason":"threshold crossed"}}}
    """
        .formatted(Cell.ALARM);
  }

  @Test
  void restoredMachine_neverGetsTheQuarantinedReleaseAgain() {
    Cell cell = Cell.usual().countingUpdates();
    Rollout ended = cell.end(cell.publish(BLUE_SCREEN));
    Set<String> crashed = cell.cloud.truth().everCrashed().keySet();
    assertEquals(1, ended.orders().size());
    long sent = cell.updatesSent();
    assertInstanceOf(Answer.Refused.class, cell.publishAgain());
    cell.run(Duration.ofHours(6));
    assertEquals(sent, cell.updatesSent());
    assertEquals(Set.of(), cell.cloud.truth().crashedNow());
    for (String machine : crashed) {
      assertEquals(Cell.OLD, cell.cloud.truth().installed(machine, Cell.PRODUCT).orElseThrow());
    }
    cell.assertPromisesHold();
  }

  @Test
  void alarmThatIsDeleted_haltsAfterTheHold() {
    Cell cell = Cell.withAlarm();
    String id = cell.publish(HEALTHY);
    cell.run(Duration.ofMinutes(5));
    cell.clients.cloudWatch().deleteAlarms(request -> request.alarmNames(Cell.ALARM));
    assertInstanceOf(HaltReason.AlarmsBlind.class, reason(cell.end(id)));
    cell.assertPromisesHold();
  }

  @Test
  void alarmThatIsMutedAndWhoseEventsAreLost_haltsAllTheSame() {
    Cell cell = Cell.withAlarm();
    cell.cloud
        .faults()
        .muteAlarm(
            Cell.ALARM, "arn:rule", cell.clock.instant(), cell.clock.instant().plusSeconds(86_400));
    String id = cell.publish(HEALTHY);
    cell.run(Duration.ofMinutes(5));
    cell.cloud.faults().loseNextEvent();
    cell.cloud.faults().crash(cell.cloud.fleet().instances().getLast().id());
    HaltReason reason = reason(cell.end(id));
    assertEquals(Cell.ALARM, assertInstanceOf(HaltReason.AlarmFires.class, reason).alarm());
    cell.assertPromisesHold();
  }

  @Test
  void documentChangedUnderUs_halts() {
    Cell cell = Cell.usual().countingUpdates();
    String id = cell.publish(HEALTHY);
    cell.run(Duration.ofMinutes(8));
    long sent = cell.updatesSent();
    cell.cloud.faults().documentChanges(Documents.INSTALL);
    assertInstanceOf(HaltReason.Refused.class, reason(cell.end(id)));
    assertEquals(sent, cell.updatesSent());
    cell.assertPromisesHold();
  }

  @Test
  void snapshotSetThatFailsTwice_leavesItsMachineOutAndUntouched() {
    Cell cell = Cell.of(rules -> rules.with(WayBack.RESTORE_POINT, new RestorePointRule.Fresh()));
    cell.cloud.faults().failNextSnapshotSet();
    cell.cloud.faults().failNextSnapshotSet();
    // The first ring is the one dev machine, whose only two sets these are.
    Machine dev =
        cell.cloud.fleet().machines().stream()
            .filter(machine -> "dev".equals(machine.tags().get("env")))
            .findFirst()
            .orElseThrow();
    cell.end(cell.publish(HEALTHY));
    assertEquals(Cell.OLD, cell.cloud.truth().installed(dev.id(), Cell.PRODUCT).orElseThrow());
    cell.assertPromisesHold();
  }

  @Test
  void calendarThatStaysClosed_touchesNobodyAndAsksAPerson() {
    Cell cell = Cell.of(rules -> rules.with(Pace.CALENDARS, List.of("freeze"))).countingUpdates();
    cell.cloud.calendar("freeze", false, null);
    Rollout ended = cell.end(cell.publish(HEALTHY));
    assertInstanceOf(RolloutPhase.NeedsPerson.class, ended.phase());
    assertEquals(0, cell.updatesSent());
    cell.assertPromisesHold();
  }

  @Test
  void zoneThatIsDarkForAWhile_isNotHeldAgainstTheRelease() {
    Cell cell = Cell.usual();
    String id = cell.publish(HEALTHY);
    // By then the last wave is out and bakes: the zone has seven updated machines.
    cell.run(Duration.ofMinutes(125));
    cell.cloud
        .faults()
        .outage(
            Account.ZONES.getFirst(),
            cell.clock.instant(),
            cell.clock.instant().plus(Duration.ofMinutes(40)));
    assertInstanceOf(RolloutPhase.Succeeded.class, cell.end(id).phase());
    assertEquals(0, cell.meter.calls().getOrDefault("ec2.CreateReplaceRootVolumeTask", 0L));
    cell.assertPromisesHold();
  }

  @Test
  void strangersSignature_isRefusedAndStartsNothing() {
    Cell cell = Cell.usual();
    String forged = cell.event().replace("\"signature\":\"", "\"signature\":\"AAAA");
    assertInstanceOf(Answer.Refused.class, cell.file.publish(cell.plane::publish, forged));
    assertEquals(List.of(), cell.file.created());
    cell.assertPromisesHold();
  }
}
