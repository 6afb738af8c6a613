package dev.ringfence.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringfence.release.VersionProbe.ReadBack;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is proof, what is death, and what is neither yet. */
class ProofOfLifeTest {
  private static final Instant SENT = Instant.parse("2026-11-03T12:00:00Z");
  private static final Instant DEADLINE = SENT.plus(Duration.ofMinutes(15));
  private static final ReadBack NEW = new ReadBack("2", SENT.minusSeconds(9000));
  private static final Invocation ENDED =
      new Invocation(Invocation.Outcome.SUCCESS, at(1), "", "Success");

  private static Instant at(long minutes) {
    return SENT.plus(Duration.ofMinutes(minutes));
  }

  private static ProofOfLife.Question question(boolean reboots) {
    return new ProofOfLife.Question(false, SENT, DEADLINE, true, reboots, "2", null);
  }

  private static Vitals vitals(Instant seen, Check instance, Instant ping) {
    return new Vitals(
        seen, new Vitals.Ec2("running", instance, Check.OK, Check.OK), new Vitals.Agent(ping));
  }

  private static Standing judge(
      @Nullable Vitals vitals, @Nullable Invocation change, @Nullable ReadBack read, Instant now) {
    return ProofOfLife.judge(question(false), vitals, change, read, now);
  }

  @Test
  void pingChecksAndVersionAfterTheCommand_areProof() {
    assertEquals(new Standing.Proven(), judge(vitals(at(3), Check.OK, at(2)), ENDED, NEW, at(3)));
  }

  @Test
  void successOfTheCommand_isNoProof() {
    assertInstanceOf(
        Standing.Waiting.class, judge(vitals(at(3), Check.OK, SENT), ENDED, NEW, at(3)));
    assertEquals(new Standing.Alive(), judge(vitals(at(3), Check.OK, at(2)), ENDED, null, at(3)));
  }

  @Test
  void checksThatMayBeOlderThanTheCommandsEnd_areNoProof() {
    assertInstanceOf(
        Standing.Waiting.class, judge(vitals(at(2), Check.OK, at(2)), ENDED, NEW, at(2)));
  }

  @Test
  void runningCommand_isWaitedForUntilTheDeadline() {
    Invocation runs = new Invocation(Invocation.Outcome.RUNNING, null, "", "InProgress");
    assertEquals(
        new Standing.Waiting("command runs"),
        judge(vitals(at(5), Check.OK, at(5)), runs, NEW, at(5)));
    assertEquals(new Standing.Proven(), judge(vitals(at(15), Check.OK, at(15)), runs, NEW, at(15)));
  }

  @Test
  void silenceUntilTheDeadline_isDeath() {
    assertInstanceOf(
        Standing.Waiting.class,
        judge(vitals(at(14), Check.OK, SENT), ENDED, null, DEADLINE.minusNanos(1)));
    assertInstanceOf(
        Standing.Dead.class, judge(vitals(at(15), Check.OK, SENT), ENDED, null, DEADLINE));
  }

  @Test
  void impairedGuest_isDeadAtOnceUnlessItMayBeRebooting() {
    Vitals impaired = vitals(at(3), Check.IMPAIRED, at(1));
    assertInstanceOf(Standing.Dead.class, judge(impaired, ENDED, null, at(3)));
    assertInstanceOf(
        Standing.Waiting.class, ProofOfLife.judge(question(true), impaired, ENDED, null, at(3)));
    assertInstanceOf(
        Standing.Dead.class,
        ProofOfLife.judge(
            question(true), vitals(at(15), Check.IMPAIRED, at(1)), ENDED, null, at(15)));
  }

  @Test
  void machineThatIsNotLookedAt_isNeitherDeadNorAlive() {
    assertEquals(new Standing.Waiting("could not be looked at"), judge(null, ENDED, NEW, at(60)));
    assertEquals(
        new Standing.Waiting("could not be looked at"),
        judge(new Vitals(at(60), null, new Vitals.Agent(at(60))), ENDED, NEW, at(60)));
  }

  @Test
  void rebootThatIsExpected_mustHaveHappened() {
    Vitals well = vitals(at(5), Check.OK, at(4));
    ReadBack rebooted = new ReadBack("2", at(2));
    ReadBack silent = new ReadBack("2", null);
    assertEquals(
        new Standing.Proven(), ProofOfLife.judge(question(true), well, ENDED, rebooted, at(5)));
    assertEquals(new Standing.Alive(), ProofOfLife.judge(question(true), well, ENDED, NEW, at(5)));
    assertEquals(
        new Standing.Alive(), ProofOfLife.judge(question(true), well, ENDED, silent, at(5)));
    Vitals late = vitals(at(15), Check.OK, at(15));
    assertEquals(
        new Standing.Unchanged("has not rebooted since " + SENT),
        ProofOfLife.judge(question(true), late, ENDED, NEW, at(15)));
  }

  @Test
  void oldVersion_meansThatTheUpdateDidNotTake() {
    assertEquals(
        new Standing.Unchanged("still runs 1"),
        judge(vitals(at(3), Check.OK, at(2)), ENDED, new ReadBack("1", null), at(3)));
    assertEquals(
        new Standing.Alive(), judge(vitals(at(20), Check.OK, at(20)), ENDED, null, at(20)));
  }

  @Test
  void failingHost_saysNothingOfTheUpdate() {
    Vitals host =
        new Vitals(
            at(20),
            new Vitals.Ec2("running", Check.IMPAIRED, Check.IMPAIRED, Check.OK),
            new Vitals.Agent(SENT));
    assertInstanceOf(Standing.Stalled.class, judge(host, ENDED, null, at(20)));
    assertInstanceOf(
        Standing.Stalled.class,
        ProofOfLife.stillAlive(false, host, Duration.ofMinutes(11), SENT, at(20)));
  }

  @Test
  void hybridNode_provesItselfWithoutEc2() {
    ProofOfLife.Question hybrid =
        new ProofOfLife.Question(true, SENT, DEADLINE, true, false, "2", null);
    Vitals vitals = new Vitals(at(3), null, new Vitals.Agent(at(2)));
    assertEquals(new Standing.Proven(), ProofOfLife.judge(hybrid, vitals, ENDED, NEW, at(3)));
  }

  @Test
  void livingMachine_diesOfSilenceButNotOfOneMissedPing() {
    Duration silence = Duration.ofMinutes(11);
    assertEquals(new Standing.Proven(), still(vitals(at(60), Check.OK, at(50)), at(60)));
    assertInstanceOf(Standing.Dead.class, still(vitals(at(60), Check.OK, at(49)), at(60)));
    assertInstanceOf(Standing.Dead.class, still(vitals(at(60), Check.IMPAIRED, at(60)), at(60)));
    assertInstanceOf(
        Standing.Waiting.class,
        ProofOfLife.stillAlive(false, vitals(at(60), Check.OK, at(49)), silence, at(61), at(60)));
    assertInstanceOf(
        Standing.Waiting.class, still(vitals(at(60), Check.INSUFFICIENT_DATA, at(60)), at(60)));
    assertInstanceOf(
        Standing.Dead.class,
        still(
            new Vitals(
                at(60),
                new Vitals.Ec2("terminated", Check.UNKNOWN, Check.UNKNOWN, Check.UNKNOWN),
                new Vitals.Agent(at(60))),
            at(60)));
    assertNull(ProofOfLife.stillAlive(false, null, silence, SENT, at(60)));
  }

  private static @Nullable Standing still(Vitals vitals, Instant now) {
    return ProofOfLife.stillAlive(false, vitals, Duration.ofMinutes(11), SENT, now);
  }
}
