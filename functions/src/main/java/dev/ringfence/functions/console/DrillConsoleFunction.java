package dev.ringfence.functions.console;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.DrillDesk;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what drills have proven, plans drills, begins those that were confirmed, and abandons them.
 * {@code {}} answers with how to use it. What is wrong with an input is an answer and no error; an
 * error means that the store or the clock could not be reached, and that the same call may be made
 * again.
 */
public final class DrillConsoleFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DrillConsoleFunction.class);

  private final DrillDesk desk;

  /** For Lambda. */
  public DrillConsoleFunction() {
    this(Wiring.bean(DrillDesk.class));
  }

  public DrillConsoleFunction(DrillDesk desk) {
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
