package dev.ringfence.functions.beat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.metrics.Emf;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/**
 * One beat of a drill, called by its clock; the clock calls again when it fails. The last beat
 * tells CloudWatch what the drill showed; a last beat that is called twice tells it twice.
 */
public final class DrillBeatFunction implements RequestStreamHandler {
  private final Engine engine;
  private final Store store;
  private final DrillMetrics metrics;
  private final Beating beating;

  /** For Lambda. */
  public DrillBeatFunction() {
    this(
        Wiring.bean(Engine.class),
        Wiring.bean(Store.class),
        Wiring.bean(Emf.class),
        Wiring.bean(InstantSource.class));
  }

  public DrillBeatFunction(Engine engine, Store store, Emf emf, InstantSource time) {
    this.engine = engine;
    this.store = store;
    this.metrics = new DrillMetrics(emf);
    this.beating =
        new Beating(
            DrillCourse.FORM.kind(),
            this::beat,
            (id, wish) -> engine.ask(DrillCourse.FORM, id, wish),
            time);
  }

  private Beat beat(String id) {
    Beat beat = engine.beat(DrillCourse.FORM, id);
    if (beat.over()) {
      store.load(DrillCourse.FORM, id).ifPresent(metrics::tell);
    }
    return beat;
  }

  @Override
  public void handleRequest(InputStream tick, OutputStream answer, Context context)
      throws IOException {
    beating.handle(tick, answer);
  }
}
