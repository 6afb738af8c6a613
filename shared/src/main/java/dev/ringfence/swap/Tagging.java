package dev.ringfence.swap;

import java.time.Instant;

/**
 * Writes on the old volume of a swap until when it is kept. That is the very last step: what is
 * attached again later must not bear a day on which it is deleted once it is loose. It needs no
 * look at the machine, which may be gone by then.
 */
final class Tagging {
  private Tagging() {}

  /** Finished once it is written, or cannot be. */
  static SwapMove of(Swap swap, Instant now) {
    if (!isOpen(swap)) {
      return new SwapMove.Finished(swap);
    }
    return switch (Seeing.attempt(swap, SwapStep.TAG_OLD, now)) {
      case UNDER_WAY -> new SwapMove.Waiting(swap, SwapStep.TAG_OLD.words(swap.order()));
      case NONE, USED_UP ->
          swap.attempts(SwapStep.TAG_OLD) < SwapTempo.ATTEMPTS
              ? new SwapMove.Act(swap.begin(SwapStep.TAG_OLD, now, null))
              : new SwapMove.Finished(
                  swap.over(SwapStep.TAG_OLD, Seeing.failure(swap, SwapStep.TAG_OLD)));
    };
  }

  static boolean isOpen(Swap swap) {
    return swap.order().oldVolume() != null && !swap.over().contains(SwapStep.TAG_OLD);
  }

  /** From here on there is no way back. */
  static boolean hasBegun(Swap swap) {
    return swap.attempts(SwapStep.TAG_OLD) > 0;
  }
}
