package dev.ringfence.operation;

import org.jspecify.annotations.Nullable;

/**
 * A change to who may lay hands on a machine's root: two operations that both exchanged it could
 * leave it with the wrong one, or with none.
 */
public sealed interface MachineClaim extends Claim {
  /** How many of them one decision makes: each is up to two items of a transaction of 100. */
  int PER_DECISION = 20;

  String machine();

  String holder();

  /**
   * Takes a machine that nobody holds; the commit fails when somebody does.
   *
   * @param left an operation that is over and still holds it, which does not count; null for none
   * @param release when the restore was not ordered by a person, what it restores from: a machine
   *     is taken for that once, and the commit fails when another operation did it before; null
   *     when a person ordered it
   */
  record Take(String machine, String holder, @Nullable String left, @Nullable String release)
      implements MachineClaim {}

  /** Gives a machine back; the commit fails when another operation holds it. */
  record GiveBack(String machine, String holder) implements MachineClaim {}
}
