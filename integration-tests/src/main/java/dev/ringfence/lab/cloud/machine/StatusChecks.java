package dev.ringfence.lab.cloud.machine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * EC2's status checks of one machine. They look once a minute, each machine at its own second, so
 * what they report lags behind what is; like pings they are computed when somebody asks.
 */
public final class StatusChecks {
  /** Status checks run every minute (EC2 user guide, status checks). */
  public static final Duration EVERY = Duration.ofMinutes(1);

  /** How long a booted machine is {@code initializing} before its first full verdict. */
  public static final Duration INITIALIZING = Duration.ofMinutes(2);

  /** One check's answer: the value, and since when it is impaired if it is. */
  public record Reading(Value value, @Nullable Instant impairedSince) {}

  /** What a check can say. */
  public enum Value {
    OK("ok"),
    IMPAIRED("impaired"),
    INITIALIZING("initializing"),
    NOT_APPLICABLE("not-applicable");

    private final String wire;

    Value(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  /** One thing that is looked at: bad since, and good again since. */
  private static final class Lamp {
    private @Nullable Instant badSince;
    private @Nullable Instant redSince;
    private @Nullable Instant goodSince;
  }

  private final Duration phase;
  private final Lamp instance = new Lamp();
  private final Lamp system = new Lamp();
  private final Lamp disks = new Lamp();
  private Instant initializingUntil = Instant.MIN;

  StatusChecks(Duration phase) {
    this.phase = phase;
  }

  public Reading instance(Machine machine, Instant now) {
    return read(instance, machine, now);
  }

  public Reading system(Machine machine, Instant now) {
    return read(system, machine, now);
  }

  /** Whether the attached EBS volumes complete their reads and writes. */
  public Reading disks(Machine machine, Instant now) {
    return read(disks, machine, now);
  }

  /** The metric StatusCheckFailed: any of the three. */
  public boolean failed(Machine machine, Instant now) {
    return instance(machine, now).value() == Value.IMPAIRED
        || system(machine, now).value() == Value.IMPAIRED
        || disks(machine, now).value() == Value.IMPAIRED;
  }

  /** Whether everything that is looked at is good by now, whatever the checks still say. */
  public boolean isSteady() {
    return instance.badSince == null && system.badSince == null && disks.badSince == null;
  }

  void instanceIs(boolean good, Instant now) {
    turn(instance, good, now);
  }

  void systemIs(boolean good, Instant now) {
    turn(system, good, now);
  }

  void disksAre(boolean good, Instant now) {
    turn(disks, good, now);
  }

  /** From here the machine is booting; old verdicts are void. */
  void restart() {
    initializingUntil = Instant.MAX;
    instance.badSince = null;
    instance.goodSince = null;
  }

  void booted(Instant now) {
    initializingUntil = now.plus(INITIALIZING);
    if (system.badSince != null) {
      turn(instance, false, now);
    }
  }

  private void turn(Lamp lamp, boolean good, Instant now) {
    if (good && lamp.badSince != null) {
      Instant red = firstTickFrom(lamp.badSince.plus(EVERY));
      lamp.redSince = red.isAfter(now) ? null : red;
      lamp.badSince = null;
      lamp.goodSince = now;
    } else if (!good && lamp.badSince == null) {
      lamp.badSince = now;
    }
  }

  private Reading read(Lamp lamp, Machine machine, Instant now) {
    if (machine.power() != Machine.Power.RUNNING) {
      return new Reading(Value.NOT_APPLICABLE, null);
    }
    if (lamp.badSince != null) {
      Instant red = firstTickFrom(lamp.badSince.plus(EVERY));
      if (!red.isAfter(now)) {
        return new Reading(Value.IMPAIRED, red);
      }
    } else if (lamp.redSince != null
        && lamp.goodSince != null
        && firstTickFrom(lamp.goodSince).isAfter(now)) {
      return new Reading(Value.IMPAIRED, lamp.redSince);
    }
    return new Reading(now.isBefore(initializingUntil) ? Value.INITIALIZING : Value.OK, null);
  }

  private Instant firstTickFrom(Instant from) {
    long every = EVERY.toMillis();
    long sinceTick = Math.floorMod(from.toEpochMilli() - phase.toMillis(), every);
    return sinceTick == 0 ? from : from.plusMillis(every - sinceTick);
  }
}
