package dev.ringfence.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ring that was watched for its time still lacks to pass. */
final class Lack {
  private final Turn turn;
  private final Plan.Ring ring;
  private final Progress progress;

  private Lack(Turn turn, Plan.Ring ring, Progress progress) {
    this.turn = turn;
    this.ring = ring;
    this.progress = progress;
  }

  /**
   * Null when it lacks nothing. A few machines whose hosts fail, that are terminated, or that
   * cannot tell their version, are not waited for: in a large fleet there always are some. Those
   * that show their health in this very beat must outnumber them.
   */
  static @Nullable HoldReason of(Turn turn, Plan.Ring ring, Progress progress, HarmGate harm) {
    return new Lack(turn, ring, progress).of(harm);
  }

  private @Nullable HoldReason of(HarmGate harm) {
    if (!progress.unseen().isEmpty()) {
      return new HoldReason.NoEvidence(Gates.named(progress.unseen()));
    }
    int number = turn.head().planned().rings().indexOf(ring);
    int fresh = progress.fresh(number);
    int mute = lost(MemberPhase.Lost.Cause.MUTE);
    if (mute > 0 && mute >= fresh) {
      return new HoldReason.NoEvidence(
          List.of(mute + " machines of ring " + ring.name() + " did not tell their version"));
    }
    int gone = lost(MemberPhase.Lost.Cause.TERMINATED);
    if (gone > 0 && gone >= fresh) {
      return new HoldReason.NoEvidence(
          List.of(gone + " machines of ring " + ring.name() + " were terminated"));
    }
    int onFailingHosts =
        progress.onFailingHosts(number) + lost(MemberPhase.Lost.Cause.INFRASTRUCTURE);
    if (onFailingHosts > 0 && onFailingHosts >= fresh) {
      return new HoldReason.Infrastructure("ring " + ring.name(), onFailingHosts);
    }
    if (fresh > 0) {
      return null;
    }
    return harm.undelivered() > 0
        ? new HoldReason.DeliveryFails(harm.undelivered(), harm.delivery().evidence())
        : new HoldReason.NoEvidence(
            List.of("no machine of ring " + ring.name() + " proved itself"));
  }

  private int lost(MemberPhase.Lost.Cause cause) {
    return (int)
        turn.batchesOf(ring).stream()
            .flatMap(batch -> batch.members().stream())
            .filter(member -> member.isLost(cause))
            .count();
  }
}
