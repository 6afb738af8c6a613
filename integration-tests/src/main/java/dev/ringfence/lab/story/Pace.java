package dev.ringfence.lab.story;

import dev.ringfence.lab.time.VirtualClock;

/** How fast the time of a story passes. */
@FunctionalInterface
interface Pace {
  /** From one thing that happens to the next, without waiting. */
  Pace AT_ONCE = VirtualClock::step;

  /** Lets some time pass; false when nothing would ever happen any more. */
  boolean pass(VirtualClock clock);
}
