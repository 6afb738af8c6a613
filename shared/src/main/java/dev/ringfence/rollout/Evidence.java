package dev.ringfence.rollout;

import dev.ringfence.health.Invocation;
import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import dev.ringfence.operation.Sending;
import dev.ringfence.release.VersionProbe.ReadBack;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one beat saw of one machine in flight, and what follows from it. */
final class Evidence {
  private Evidence() {}

  static Standing of(
      Turn turn, Batch batch, Member member, MemberPhase.Dispatched sent, Instant deadline) {
    ProofOfLife.Question question =
        new ProofOfLife.Question(
            member.isHybrid(),
            sent.at(),
            deadline,
            true,
            turn.head().release().rebootExpected(),
            turn.head().release().version(),
            null);
    return ProofOfLife.judge(
        question,
        turn.sight.vitals().get(member.machine()),
        answer(turn, batch.update(), member),
        readBack(turn, batch, member),
        turn.now);
  }

  private static @Nullable Invocation answer(Turn turn, @Nullable Sending sending, Member member) {
    return sending == null ? null : turn.sight.invocation(sending.commandId(), member.machine());
  }

  /** What the newest probe read; probes before the newest update are forgotten with it. */
  private static @Nullable ReadBack readBack(Turn turn, Batch batch, Member member) {
    Invocation answer = answer(turn, batch.probe(), member);
    return answer == null || answer.outcome() != Invocation.Outcome.SUCCESS
        ? null
        : ReadBack.parse(answer.output()).orElse(null);
  }
}
