package dev.ringfence.engine;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;

/** The world outside: EC2, Systems Manager, CloudWatch. */
public interface World {
  /**
   * Looks at everything that is asked for, in batches. It never throws for what AWS may do: what
   * could not be read is missing from the sight and named in its gaps.
   */
  Sight observe(Watch watch);

  /**
   * Performs one effect once, without retrying what is not safe to repeat.
   *
   * @param lookFirst whether an earlier attempt may have taken place: then the world is searched by
   *     the effect's key before anything is done
   */
  Outcome perform(Effect effect, boolean lookFirst);
}
