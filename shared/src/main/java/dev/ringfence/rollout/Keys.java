package dev.ringfence.rollout;

import dev.ringfence.operation.Sending;
import java.util.Locale;

/**
 * The keys of a roll-out's effects: short enough for a client token (64 characters), unique for one
 * logical effect, and readable in an AWS console.
 */
final class Keys {
  private Keys() {}

  /**
   * Counts the batch's commands and not the machines' attempts: those differ among its machines.
   */
  static String update(Rollout head, Batch batch) {
    return batch(head, batch, "update", batch.updates() + 1);
  }

  static String probe(Rollout head, Batch batch) {
    return batch(head, batch, "read", batch.probes() + 1);
  }

  static String withdraw(Rollout head, Batch batch) {
    return batch(head, batch, "withdraw", 1);
  }

  static String pointers(Rollout head, Batch batch) {
    return batch(head, batch, "pointers", 1);
  }

  static String snapshot(Rollout head, Member member, int attempt) {
    return "rf-" + head.mark() + "-" + member.machine() + "-point" + attempt;
  }

  static String freeze(Rollout head, Member member, int attempt) {
    return "rf-" + head.mark() + "-" + member.machine() + "-freeze" + attempt;
  }

  static String thaw(Sending freeze, int count) {
    return freeze.key() + "-thaw" + count;
  }

  /** Of the set of snapshots with a key. */
  static String findSet(String snapshots) {
    return snapshots + "-find";
  }

  static String markSet(String snapshots) {
    return snapshots + "-mark";
  }

  static String order(Rollout head, int number) {
    return "rf-" + head.mark() + "-restore" + number;
  }

  static String cancel(Sending sending) {
    return sending.key() + "-cancel";
  }

  static String find(Sending sending) {
    return sending.key() + "-find";
  }

  private static String batch(Rollout head, Batch batch, String what, int count) {
    return String.format(Locale.ROOT, "rf-%s-b%d-%s%d", head.mark(), batch.number(), what, count);
  }
}
