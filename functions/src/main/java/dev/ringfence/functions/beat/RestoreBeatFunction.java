package dev.ringfence.functions.beat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ringfence.engine.Engine;
import dev.ringfence.functions.wiring.Wiring;
import dev.ringfence.restore.RestoreCourse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** One beat of a restore, called by its clock; the clock calls again when it fails. */
public final class RestoreBeatFunction implements RequestStreamHandler {
  private final Beating beating;

  /** For Lambda. */
  public RestoreBeatFunction() {
    this(Wiring.bean(Engine.class), Wiring.bean(InstantSource.class));
  }

  public RestoreBeatFunction(Engine engine, InstantSource time) {
    this.beating =
        new Beating(
            RestoreCourse.FORM.kind(),
            id -> engine.beat(RestoreCourse.FORM, id),
            (id, wish) -> engine.ask(RestoreCourse.FORM, id, wish),
            time);
  }

  @Override
  public void handleRequest(InputStream tick, OutputStream answer, Context context)
      throws IOException {
    beating.handle(tick, answer);
  }
}
