package dev.ringfence.operation;

import java.time.Instant;
import java.util.List;

/**
 * The pure state machine of one kind of operation. None of these methods may do anything but
 * compute: the time, the sight and the outcomes arrive as arguments.
 */
public interface Course<H extends Head, P extends Part> {
  /** What the beat should look at before it decides. */
  Watch watch(Operation<H, P> operation, Instant now);

  /** What follows from what was seen. Called again with the same arguments it answers the same. */
  Decision<H, P> decide(Operation<H, P> operation, Sight sight, Instant now);

  /**
   * Whether asking for this would change anything. What an operation does not heed is not even
   * written to it, and so cannot keep others from asking.
   */
  default boolean heeds(Operation<H, P> operation, Request.Wish wish) {
    return wish == Request.Wish.HALT || wish == Request.Wish.PERSON;
  }

  /**
   * The effects whose intent the operation carries and whose outcome it does not know yet, in the
   * order in which they should be performed.
   */
  List<Effect> open(Operation<H, P> operation);

  /**
   * The operation once the outcomes of its effects are known. Outcomes that it no longer waits for
   * change nothing, so it may be called twice.
   *
   * @param now when the attempts ended
   */
  Settled<H, P> settle(Operation<H, P> operation, List<Outcome> outcomes, Instant now);
}
