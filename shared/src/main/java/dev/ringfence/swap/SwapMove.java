package dev.ringfence.swap;

/** What follows for a swap from what was seen. */
public sealed interface SwapMove {
  /** The swap as it shall be stored. */
  Swap swap();

  /** One effect is to be performed: {@link RootSwap#effect} names it. */
  record Act(Swap swap) implements SwapMove {}

  /**
   * Nothing is to be done until more is seen.
   *
   * @param until what, in words
   */
  record Waiting(Swap swap, String until) implements SwapMove {}

  /**
   * The new volume is attached and, where that was ordered, the machine runs, as far as EC2 says.
   */
  record Finished(Swap swap) implements SwapMove {}

  /**
   * It will not be.
   *
   * @param reason why, in an operator's words
   * @param root what the machine was left with
   * @param lacksCapacity whether EC2 had no room to start it: nothing is said against the new
   *     volume
   */
  record Failed(Swap swap, String reason, Root root, boolean lacksCapacity) implements SwapMove {
    /** For a reason that lies in the machine or its volumes. */
    Failed(Swap swap, String reason, Root root) {
      this(swap, reason, root, false);
    }

    /** What a machine was left with after a swap that failed. */
    public enum Root {
      OLD("its old %s is attached"),
      NEW("its new %s is attached"),
      OTHER("a volume that is not ours to touch is attached as its %s"),
      NONE("it has no %s"),
      UNKNOWN("nobody knows what it has as its %s");

      private final String words;

      Root(String words) {
        this.words = words;
      }

      /** As an operator reads it. */
      public String words(SwapOrder order) {
        return words.replace("%s", order.what());
      }
    }
  }
}
