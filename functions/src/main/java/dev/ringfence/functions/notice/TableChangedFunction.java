package dev.ringfence.functions.notice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.drill.Drill;
import dev.ringfence.functions.record.HeadTurn;
import dev.ringfence.functions.wiring.Wiring;
import dev.ringfence.notice.DrillNotices;
import dev.ringfence.notice.Herald;
import dev.ringfence.notice.Notice;
import dev.ringfence.notice.RestoreNotices;
import dev.ringfence.notice.RolloutNotices;
import dev.ringfence.restore.Restore;
import dev.ringfence.rollout.Rollout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a batch of the table's stream in and publishes what of it is news. It answers {@code
 * {"batchItemFailures": [{"itemIdentifier"}]}}: from the first record that could not be told on
 * Lambda hands everything out again, so news may come twice and is never lost while the stream
 * keeps it, which is 24 hours.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     Partial batch responses</a>
 */
public final class TableChangedFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(TableChangedFunction.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Herald herald;

  /** For Lambda. */
  public TableChangedFunction() {
    this(Wiring.bean(Herald.class));
  }

  public TableChangedFunction(Herald herald) {
    this.herald = herald;
  }

  @Override
  public void handleRequest(InputStream batch, OutputStream answer, Context context)
      throws IOException {
    ObjectNode told = JSON.createObjectNode();
    ArrayNode failures = told.putArray("batchItemFailures");
    for (JsonNode streamRecord : JSON.readTree(batch).path("Records")) {
      String number = streamRecord.at("/dynamodb/SequenceNumber").asText();
      try {
        HeadTurn.of(streamRecord)
            .map(TableChangedFunction::news)
            .orElse(List.of())
            .forEach(this::tell);
      } catch (RuntimeException untold) {
        LOG.error("record {} is not told yet: {}", number, untold.toString());
        failures.addObject().put("itemIdentifier", number);
        break;
      }
    }
    JSON.writeValue(answer, told);
  }

  private static List<Notice> news(HeadTurn turn) {
    return switch (turn.kind()) {
      case ROLLOUT -> RolloutNotices.of(turn.head(Rollout.class)).stream().toList();
      case RESTORE -> RestoreNotices.of(turn.head(Restore.class));
      case DRILL -> DrillNotices.of(turn.head(Drill.class)).stream().toList();
    };
  }

  private void tell(Notice notice) {
    herald.tell(notice);
    LOG.info("{} told: {}", notice.operation(), notice.type());
  }
}
