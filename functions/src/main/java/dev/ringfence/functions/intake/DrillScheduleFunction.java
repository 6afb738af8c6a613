package dev.ringfence.functions.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.DrillTimes;
import dev.ringfence.contract.Metrics;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Janitor;
import dev.ringfence.functions.metrics.Emf;
import dev.ringfence.functions.metrics.Emf.Metric;
import dev.ringfence.functions.metrics.Emf.Unit;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the drills' schedule: the janitor sweeps, and each product's drill is started. It is
 * called by an EventBridge rule or schedule whose event says in {@code time} when it was due, and
 * answers {@code {"drills": [ids], "leftovers": n}}. The same event twice starts nothing twice.
 */
public final class DrillScheduleFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DrillScheduleFunction.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final DrillIntake drills;
  private final Janitor janitor;
  private final Emf emf;
  private final InstantSource time;

  /** For Lambda. */
  public DrillScheduleFunction() {
    this(
        Wiring.bean(DrillIntake.class),
        Wiring.bean(Janitor.class),
        Wiring.bean(Emf.class),
        Wiring.bean(InstantSource.class));
  }

  public DrillScheduleFunction(DrillIntake drills, Janitor janitor, Emf emf, InstantSource time) {
    this.drills = drills;
    this.janitor = janitor;
    this.emf = emf;
    this.time = time;
  }

  /** The sweep comes first: it must not depend on whether a policy can be read. */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Instant now = time.instant();
    Janitor.Swept swept = janitor.sweep(now.minus(DrillTimes.LEFT_OVER));
    swept.leftovers().forEach(id -> LOG.warn("{} was left over by a drill", id));
    emf.write(
        Map.of(),
        List.of(
            new Metric(Metrics.SCHEDULE_RUNS, Unit.COUNT, 1),
            new Metric(
                Metrics.DRILL_LEFTOVERS,
                Unit.COUNT,
                swept.leftovers().size() + swept.problems().size())));
    List<String> started = drills.run(dueAt(event.readAllBytes(), now));
    LOG.info("drills {}", started);
    ObjectNode told = JSON.createObjectNode();
    started.forEach(told.putArray("drills")::add);
    JSON.writeValue(answer, told.put("leftovers", swept.leftovers().size()));
  }

  /** An event that does not say when it was due was due when it came. */
  private static Instant dueAt(byte[] event, Instant now) throws IOException {
    JsonNode read = event.length == 0 ? JSON.nullNode() : JSON.readTree(event);
    try {
      return Instant.parse(read.path("time").asText(""));
    } catch (DateTimeException none) {
      return now;
    }
  }
}
