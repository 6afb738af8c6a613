package dev.ringfence.functions.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.functions.wiring.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the EventBridge event of an alarm's change in and answers {@code {"halted": [ids]}}.
 * CloudWatch delivers at least once; the second time there is nothing left to halt. An event that
 * cannot be read fails, and so is kept, with a message that names the field; one of another type
 * changes nothing.
 */
public final class AlarmChangedFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmChangedFunction.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final AlarmIntake intake;

  /** For Lambda. */
  public AlarmChangedFunction() {
    this(Wiring.bean(AlarmIntake.class));
  }

  public AlarmChangedFunction(AlarmIntake intake) {
    this.intake = intake;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    ObjectNode told = JSON.createObjectNode();
    take(event.readAllBytes()).forEach(told.putArray("halted")::add);
    JSON.writeValue(answer, told);
  }

  /**
   * Takes one event in, UTF-8.
   *
   * @return the rollouts that it halted
   * @throws MalformedAlarmEvent naming the field
   */
  public List<String> take(byte[] event) {
    return switch (AlarmEventReader.read(event)) {
      case AlarmEventReader.Read.Changed(AlarmIntake.Change change) -> halt(change);
      case AlarmEventReader.Read.Other(String source, String type) -> {
        LOG.info("ignored an event of {}: {}", source, type);
        yield List.of();
      }
    };
  }

  private List<String> halt(AlarmIntake.Change change) {
    List<String> halted = intake.take(change);
    halted.forEach(id -> LOG.info("{} halted by alarm {}", id, change.alarm()));
    return halted;
  }
}
