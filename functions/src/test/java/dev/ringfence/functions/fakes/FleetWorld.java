package dev.ringfence.functions.fakes;

import dev.ringfence.engine.World;
import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A world in which only machines and their restore points are seen, and nothing is settled. */
public final class FleetWorld implements World {
  /** Who is there; a test may change it. */
  public final List<Machine> fleet = new ArrayList<>();

  /** Whether the fleet can be read. */
  public boolean readable = true;

  private final InstantSource time;
  private final Map<String, RestorePoint> points;

  public FleetWorld(InstantSource time, Map<String, RestorePoint> points) {
    this.time = time;
    this.points = Map.copyOf(points);
  }

  @Override
  public Sight observe(Watch watch) {
    boolean asked = watch.fleet() != null && readable;
    return Sight.blind(time.instant())
        .again()
        .fleet(asked ? List.copyOf(fleet) : null)
        .points(points, true)
        .seen();
  }

  @Override
  public Outcome perform(Effect effect, boolean lookFirst) {
    return new Outcome.Unsettled(effect.key(), "nothing happens here");
  }
}
