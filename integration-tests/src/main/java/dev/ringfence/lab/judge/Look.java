package dev.ringfence.lab.judge;

import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.StatusChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a machine really is at one instant.
 *
 * @param hybrid whether nobody checks it, so that only its silence tells of a crash
 * @param hostFails whether AWS's own checks of its host or its disks fail, which no release does
 * @param heard when its agent was last heard, whatever Systems Manager shows
 * @param runs the version that its system has loaded; null when none
 */
record Look(
    String machine,
    boolean hybrid,
    boolean hostFails,
    Machine.Condition condition,
    Instant conditionSince,
    Instant heard,
    @Nullable String runs) {
  /**
   * EC2's checks look once a minute and call a machine impaired at the second look, so nobody can
   * know of a crash that is younger.
   */
  static final Duration CRASH_SHOWS = Duration.ofMinutes(2);

  static Look at(Machine machine, String product, Instant now) {
    return new Look(
        machine.id(),
        machine.hardware().hybrid(),
        machine.checks().system(machine, now).value() == StatusChecks.Value.IMPAIRED
            || machine.checks().disks(machine, now).value() == StatusChecks.Value.IMPAIRED,
        machine.condition(),
        machine.conditionSince(),
        machine.agent().lastPing(now),
        machine.running().version(product));
  }

  /**
   * Why it may not pass for alive on this version; empty when it may.
   *
   * @param silence how long a machine may go unheard by its policy
   */
  Optional<String> objection(String version, Duration silence, Instant now) {
    if (heard.isBefore(now.minus(silence))) {
      return Optional.of(machine + " was silent since " + heard);
    }
    return switch (condition) {
      case UP ->
          version.equals(runs)
              ? Optional.empty()
              : Optional.of(machine + " ran " + runs + " and not " + version);
      case CRASHED ->
          !hybrid && conditionSince.isBefore(now.minus(CRASH_SHOWS))
              ? Optional.of(machine + " was crashed since " + conditionSince)
              : Optional.empty();
      case BOOTING, OFF -> Optional.of(machine + " was " + condition + " since " + conditionSince);
    };
  }
}
