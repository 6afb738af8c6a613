package dev.ringfence.drill;

import dev.ringfence.swap.Swap;
import dev.ringfence.swap.SwapStep;
import java.util.Locale;

/**
 * What EC2 says when it has no room for a clone in one subnet, which says nothing of others, nor of
 * the restore. Want of capacity is an answer with a 5xx status, which the SDK repeats for some
 * seconds and which then stands for nothing ("Error codes for the Amazon EC2 API").
 */
final class NoRoom {
  /** {@code InsufficientInstanceCapacity} and the like, also as the reason why a clone stopped. */
  private static final String CAPACITY = "capacity";

  /** The zone does not offer the instance type. */
  private static final String NOT_OFFERED = "Unsupported";

  private static final String NO_ADDRESS = "InsufficientFreeAddressesInSubnet";

  private NoRoom() {}

  /** Whether these words, or the code they begin with, are about a place that is full. */
  static boolean isSaid(String words) {
    return isFull(words) || isForGood(words);
  }

  /** Whether capacity is missing, which may come back. */
  static boolean isFull(String words) {
    return words.toLowerCase(Locale.ROOT).contains(CAPACITY);
  }

  /** Whether waiting would not help. */
  static boolean isForGood(String words) {
    return words.startsWith(NOT_OFFERED) || words.startsWith(NO_ADDRESS);
  }

  /** Whether all that an exchange waits for is room to start the clone again. */
  static boolean keepsFromStarting(Swap swap) {
    Swap.Doing doing = swap.doing();
    return doing != null && doing.step() == SwapStep.START && isFull(doing.said());
  }
}
