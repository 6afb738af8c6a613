package dev.ringfence.rollout;

import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.Sending;
import java.time.Instant;
import java.util.List;

/** Asks machines of a batch that live which version they run. */
final class Probing {
  private Probing() {}

  static Batch of(Turn turn, Batch batch, List<String> readable) {
    List<Instant> sent =
        batch.members().stream()
            .map(Member::phase)
            .filter(MemberPhase.Dispatched.class::isInstance)
            .map(phase -> ((MemberPhase.Dispatched) phase).at())
            .sorted()
            .toList();
    boolean due =
        ProbeRhythm.isDue(
            batch.probe(), batch.probes(), readable, sent.size(), sent.getFirst(), turn.now);
    return due
        ? batch.probing(Sending.intent(Keys.probe(turn.head(), batch), turn.now, readable))
        : batch;
  }
}
