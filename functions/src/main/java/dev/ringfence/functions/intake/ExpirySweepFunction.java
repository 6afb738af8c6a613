package dev.ringfence.functions.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.contract.Metrics;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.functions.metrics.Emf;
import dev.ringfence.functions.metrics.Emf.Metric;
import dev.ringfence.functions.metrics.Emf.Unit;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the sweep, called by an EventBridge rule; whatever its event says, it does the same,
 * and answers {@code {"removed": n, "inUse": n, "stuck": n, "putOff": n}}. The log names what went,
 * what is in use again, and what could not be done.
 */
public final class ExpirySweepFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ExpirySweepFunction.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final ExpirySweep sweep;
  private final Emf emf;

  /** For Lambda. */
  public ExpirySweepFunction() {
    this(Wiring.bean(ExpirySweep.class), Wiring.bean(Emf.class));
  }

  public ExpirySweepFunction(ExpirySweep sweep, Emf emf) {
    this.sweep = sweep;
    this.emf = emf;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    ExpirySweep.Swept swept = sweep.run();
    swept.removed().forEach(id -> LOG.info("{} had expired and is removed", id));
    swept.inUse().forEach(id -> LOG.info("{} is attached again and has no day any more", id));
    swept.refused().forEach((id, why) -> LOG.warn("{} stays as it is, AWS refused: {}", id, why));
    swept.spared().forEach((id, why) -> LOG.info("{} has expired and stays: {}", id, why));
    emf.write(
        Map.of(),
        List.of(
            new Metric(Metrics.EXPIRED_REMOVED, Unit.COUNT, swept.removed().size()),
            new Metric(Metrics.EXPIRED_STUCK, Unit.COUNT, swept.stuck())));
    JSON.writeValue(
        answer,
        JSON.createObjectNode()
            .put("removed", swept.removed().size())
            .put("inUse", swept.inUse().size())
            .put("stuck", swept.stuck())
            .put("putOff", swept.putOff()));
  }
}
