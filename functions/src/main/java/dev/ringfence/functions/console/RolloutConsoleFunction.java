package dev.ringfence.functions.console;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows rollouts and takes an operator's wishes. {@code {}} answers with how to use it. What is
 * wrong with an input is an answer and no error; an error means that the store or the clock could
 * not be reached, and that the same call may be made again.
 */
public final class RolloutConsoleFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutConsoleFunction.class);

  private final RolloutDesk desk;

  /** For Lambda. */
  public RolloutConsoleFunction() {
    this(Wiring.bean(RolloutDesk.class));
  }

  public RolloutConsoleFunction(RolloutDesk desk) {
    this.desk = desk;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream out, Context context)
      throws IOException {
    ObjectNode answer = desk.answer(input.readAllBytes(), context.getAwsRequestId());
    LOG.info("{}", answer.path("answer").asText());
    Printing.print(answer, out);
  }
}
