package dev.ringfence.rollout;

import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import org.jspecify.annotations.Nullable;

/**
 * Looks at machines' restore points once more right before they are updated: somebody may have
 * deleted, archived or recycled one since it was secured.
 */
final class LastLook {
  private LastLook() {}

  /** Whether it can be brought back by what this beat saw, or goes without by its policy. */
  static boolean hasWayBack(Turn turn, Member member) {
    return member.point() == null || seen(turn, member) == Sight.Snapshot.COMPLETED;
  }

  /** Whether its way back is there no longer; one that was not looked at is not gone. */
  static boolean isGone(Turn turn, Member member) {
    return seen(turn, member) == Sight.Snapshot.FAILED;
  }

  /** Whether this rollout took it itself. */
  static boolean isOwn(Turn turn, Member member) {
    RestorePoint point = member.point();
    return point != null && !point.takenAt().isBefore(turn.head().acceptedAt());
  }

  private static Sight.@Nullable Snapshot seen(Turn turn, Member member) {
    RestorePoint point = member.point();
    return point == null ? null : turn.sight.snapshots().get(point.snapshot());
  }
}
