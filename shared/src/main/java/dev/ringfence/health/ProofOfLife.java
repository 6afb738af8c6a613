package dev.ringfence.health;

import dev.ringfence.release.VersionProbe.ReadBack;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges one machine after a change by positive evidence only: a ping newer than the change, EC2's
 * three checks ok after it, and the version read back from the machine itself. A command's outcome
 * only says when to start asking; silence past the deadline counts as death.
 */
public final class ProofOfLife {
  /**
   * How long after its deadline a machine that is plainly alive may still take to tell its version:
   * one command's delivery and answer, and the next beat.
   */
  public static final Duration READ_GRACE = Duration.ofMinutes(5);

  private ProofOfLife() {}

  /**
   * What is asked of a machine.
   *
   * @param changedAt when it was changed at the earliest: the command was sent, the root was
   *     replaced
   * @param deadline when silence becomes death
   * @param commanded whether a command made the change, so that its end must be waited for
   * @param reboots whether the change includes a reboot, after which the boot must be newer than
   *     the change
   * @param wanted what must be read back; null when any version but {@code blamed} will do
   * @param blamed what must not be read back; null when nothing is blamed
   */
  public record Question(
      boolean hybrid,
      Instant changedAt,
      Instant deadline,
      boolean commanded,
      boolean reboots,
      @Nullable String wanted,
      @Nullable String blamed) {}

  /**
   * Judges one machine.
   *
   * @param vitals null when this look did not see the machine
   * @param change the command that changed it; null when there was none or it was not seen
   * @param readBack the newest version that was asked for after the change; null when no answer
   *     came
   */
  public static Standing judge(
      Question question,
      @Nullable Vitals vitals,
      @Nullable Invocation change,
      @Nullable ReadBack readBack,
      Instant now) {
    if (vitals == null || vitals.agent() == null || (!question.hybrid() && vitals.ec2() == null)) {
      // Not having looked is no evidence of death either; whoever waits for this has a deadline of
      // its own.
      return new Standing.Waiting("could not be looked at");
    }
    Standing early = deadOrStalled(question, vitals, now);
    if (early != null) {
      return early;
    }
    boolean overdue = !now.isBefore(question.deadline());
    boolean ended = !question.commanded() || overdue || (change != null && ended(change));
    Instant since = changeEnded(question, change);
    if (!ended || !aliveSince(question, vitals, since)) {
      return overdue
          ? new Standing.Dead("silent past " + question.deadline() + ": " + describe(vitals))
          : new Standing.Waiting(ended ? "no proof of life since " + since : "command runs");
    }
    return readBack == null ? new Standing.Alive() : judgeVersion(question, readBack, now);
  }

  /** Whether a machine that had proven itself still shows life; null when this look cannot tell. */
  public static @Nullable Standing stillAlive(
      boolean hybrid,
      @Nullable Vitals vitals,
      Duration silenceMax,
      Instant graceUntil,
      Instant now) {
    if (vitals == null || vitals.agent() == null || (!hybrid && vitals.ec2() == null)) {
      return null;
    }
    Vitals.Ec2 ec2 = vitals.ec2();
    if (ec2 != null && ec2.infrastructureFails()) {
      return new Standing.Stalled(describe(vitals));
    }
    if (ec2 != null && !ec2.running()) {
      return new Standing.Dead("no longer running: " + describe(vitals));
    }
    boolean impaired = ec2 != null && ec2.instance() == Check.IMPAIRED;
    boolean silent = !vitals.pingedAfter(now.minus(silenceMax));
    if (impaired || silent) {
      return now.isBefore(graceUntil)
          ? new Standing.Waiting(describe(vitals))
          : new Standing.Dead((impaired ? "impaired: " : "heartbeat lost: ") + describe(vitals));
    }
    return ec2 == null || ec2.allOk()
        ? new Standing.Proven()
        : new Standing.Waiting(describe(vitals));
  }

  private static @Nullable Standing deadOrStalled(Question question, Vitals vitals, Instant now) {
    Vitals.Ec2 ec2 = vitals.ec2();
    if (ec2 == null) {
      return null;
    }
    if (ec2.infrastructureFails()) {
      return new Standing.Stalled(describe(vitals));
    }
    if (!ec2.running()) {
      return new Standing.Dead("not running: " + describe(vitals));
    }
    boolean crashed =
        ec2.instance() == Check.IMPAIRED && checkedAfter(vitals, question.changedAt());
    // A reboot takes the guest off the network for a while; only its deadline tells it from a
    // crash.
    boolean mayBeRebooting = question.reboots() && now.isBefore(question.deadline());
    return crashed && question.commanded() && !mayBeRebooting
        ? new Standing.Dead("impaired: " + describe(vitals))
        : null;
  }

  private static boolean ended(Invocation change) {
    return change.outcome().isTerminal();
  }

  private static Instant changeEnded(Question question, @Nullable Invocation change) {
    return change == null || change.finishedAt() == null
        ? question.changedAt()
        : change.finishedAt();
  }

  private static boolean aliveSince(Question question, Vitals vitals, Instant since) {
    Vitals.Ec2 ec2 = vitals.ec2();
    boolean checked =
        question.hybrid() || (ec2 != null && ec2.allOk() && checkedAfter(vitals, since));
    return checked && vitals.pingedAfter(since);
  }

  private static boolean checkedAfter(Vitals vitals, Instant moment) {
    return !vitals.at().isBefore(moment.plus(Vitals.CHECK_LAG));
  }

  private static Standing judgeVersion(Question question, ReadBack found, Instant now) {
    boolean wrong =
        question.wanted() == null
            ? found.version().equals(question.blamed())
            : !found.version().equals(question.wanted());
    if (wrong) {
      return new Standing.Unchanged("still runs " + found.version());
    }
    Instant booted = found.booted();
    boolean rebooted = booted != null && booted.isAfter(question.changedAt());
    if (question.reboots() && !rebooted) {
      return now.isBefore(question.deadline())
          ? new Standing.Alive()
          : new Standing.Unchanged("has not rebooted since " + question.changedAt());
    }
    return new Standing.Proven();
  }

  private static String describe(Vitals vitals) {
    Vitals.Ec2 ec2 = vitals.ec2();
    String checks =
        ec2 == null
            ? "no EC2 checks"
            : ec2.state()
                + ", instance "
                + ec2.instance()
                + ", system "
                + ec2.system()
                + ", EBS "
                + ec2.ebs();
    return checks + ", last ping " + vitals.lastPing() + ", seen " + vitals.at();
  }
}
