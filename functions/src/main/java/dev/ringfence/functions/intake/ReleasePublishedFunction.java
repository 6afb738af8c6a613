package dev.ringfence.functions.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the EventBridge event of a published release in and answers {@code {"id", "new"}}.
 *
 * <p>A refusal is thrown as {@link ReleaseRefused}, since Lambda keeps an asynchronous event only
 * when its function fails. Lambda asks twice more before it does; the same event is then refused
 * again, which starts nothing, and unless somebody has cured the cause meanwhile (a missing policy)
 * only adds the same line to the journal. Broken stores and clocks fail the same way and are worth
 * those retries, so they are not turned off.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">
 *     Retaining records of asynchronous invocations</a>
 */
public final class ReleasePublishedFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ReleasePublishedFunction.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final ReleaseIntake intake;

  /** For Lambda. */
  public ReleasePublishedFunction() {
    this(Wiring.bean(ReleaseIntake.class));
  }

  public ReleasePublishedFunction(ReleaseIntake intake) {
    this.intake = intake;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    switch (intake.take(event.readAllBytes())) {
      case ReleaseIntake.Answer.Started(String id, boolean isNew) -> {
        LOG.info("{} {}", id, isNew ? "accepted" : "is known");
        JSON.writeValue(answer, JSON.createObjectNode().put("id", id).put("new", isNew));
      }
      case ReleaseIntake.Answer.Refused refused -> throw new ReleaseRefused(refused.problems());
    }
  }
}
