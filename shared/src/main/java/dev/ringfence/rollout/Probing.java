package dev.ringfence.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides when to ask machines that live which version they run: together where that costs no time. */
final class Probing {
  private Probing() {}

  static Batch of(Turn turn, Batch batch, List<String> readable) {
    return isDue(turn, batch, readable)
        ? batch.probing(Sending.intent(Keys.probe(turn.head(), batch), turn.now, readable))
        : batch;
  }

  private static boolean isDue(Turn turn, Batch batch, List<String> readable) {
    Sending last = batch.probe();
    if (last != null && isAnswering(batch, last, turn.now) && last.machines().containsAll(readable)) {
      return false;
    }
    List<MemberPhase.Dispatched> inFlight =
        batch.members().stream()
            .map(Member::phase)
            .filter(MemberPhase.Dispatched.class::isInstance)
            .map(MemberPhase.Dispatched.class::cast)
            .toList();
    boolean everybody = inFlight.size() == readable.size();
    boolean waitedEnough =
        inFlight.stream()
            .anyMatch(d -> elapsed(d.at(), turn.now).compareTo(Tempo.READ_TOGETHER) >= 0);
    return everybody || waitedEnough;
  }

  /** The more probes there were, the longer the next one waits: a machine may still have to reboot. */
  private static boolean isAnswering(Batch batch, Sending probe, Instant now) {
    Duration patience =
        Tempo.PROBE_PATIENCE.multipliedBy(Math.min(batch.probes(), Tempo.PROBE_PATIENCE_FACTOR));
    return elapsed(probe.intended(), now).compareTo(patience) < 0;
  }

  private static Duration elapsed(Instant from, Instant now) {
    return Duration.between(from, now);
  }
}
