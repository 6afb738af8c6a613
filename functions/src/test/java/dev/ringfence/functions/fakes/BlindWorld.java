package dev.ringfence.functions.fakes;

import dev.ringfence.engine.World;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.InstantSource;

/** A world in which nothing is seen and nothing is settled. */
public record BlindWorld(InstantSource time) implements World {
  @Override
  public Sight observe(Watch watch) {
    return Sight.blind(time.instant());
  }

  @Override
  public Outcome perform(Effect effect, boolean lookFirst) {
    return new Outcome.Unsettled(effect.key(), "blind");
  }
}
