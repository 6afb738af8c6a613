package dev.ringfence.lab.plane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.clock.LambdaTap;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The event source mapping between the table's stream and a function: after each invocation that
 * may have written, what was written is handed out in order, and again from the first record that
 * the function reports as failed.
 *
 * <p>Departures: the table has one shard, read to its end each time; a function that fails is tried
 * again after a fixed pause until it does not, where Lambda gives up when the records are a day
 * old.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     Partial batch responses</a>
 */
final class TableStream implements LambdaTap {
  /** The batch that the stack deploys. */
  private static final int BATCH = 100;

  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final VirtualClock clock;
  private final DynamoDbStreamsClient streams;
  private final String stream;
  private final LabLambda lambda;
  private final String function;
  private final Deque<JsonNode> waiting = new ArrayDeque<>();
  private @Nullable String iterator;
  private @Nullable String shard;
  private boolean isDue;

  /**
   * @param function what the stream is handed to
   */
  TableStream(
      VirtualClock clock,
      DynamoDbStreamsClient streams,
      DynamoDbClient tables,
      String table,
      LabLambda lambda,
      String function) {
    this.clock = clock;
    this.streams = streams;
    this.stream = tables.describeTable(of -> of.tableName(table)).table().latestStreamArn();
    this.lambda = lambda;
    this.function = function;
  }

  @Override
  public void after(String invoked, JsonNode payload) {
    if (!invoked.equals(function)) {
      handOutAfter(Duration.ZERO);
    }
  }

  private void handOutAfter(Duration pause) {
    if (!isDue) {
      isDue = true;
      clock.after(pause, this::handOut);
    }
  }

  private void handOut() {
    isDue = false;
    read();
    while (!waiting.isEmpty()) {
      List<JsonNode> batch = waiting.stream().limit(BATCH).toList();
      int told = told(batch);
      for (int number = 0; number < told; number++) {
        waiting.remove();
      }
      if (told < batch.size()) {
        handOutAfter(PAUSE);
        return;
      }
    }
  }

  /** How many of a batch need not come again. */
  private int told(List<JsonNode> batch) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    batch.forEach(records::add);
    if (!(lambda.invoke(function, event) instanceof LabLambda.Outcome.Returned(JsonNode answer))) {
      return 0;
    }
    JsonNode failed = answer.at("/batchItemFailures/0/itemIdentifier");
    if (failed.isMissingNode()) {
      return batch.size();
    }
    List<String> numbers =
        batch.stream().map(each -> each.at("/dynamodb/SequenceNumber").asText()).toList();
    return Math.max(numbers.indexOf(failed.asText()), 0);
  }

  private void read() {
    while (true) {
      String next = iterator == null ? nextShard() : iterator;
      if (next == null) {
        return;
      }
      GetRecordsResponse found = streams.getRecords(from -> from.shardIterator(next));
      found.records().stream().map(TableStream::json).forEach(waiting::add);
      iterator = found.nextShardIterator();
      if (iterator != null && found.records().isEmpty()) {
        return;
      }
    }
  }

  /** An iterator for the shard behind the one that was read; null when there is none yet. */
  private @Nullable String nextShard() {
    List<Shard> shards =
        streams.describeStream(of -> of.streamArn(stream)).streamDescription().shards();
    Stream<Shard> behind = shards.stream();
    if (shard != null) {
      behind = behind.filter(each -> Objects.equals(each.parentShardId(), shard));
    }
    Shard next = behind.findFirst().orElse(null);
    if (next == null) {
      return null;
    }
    shard = next.shardId();
    return streams
        .getShardIterator(of ->
            of.streamArn(stream)
                .shardId(next.shardId())
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private static JsonNode json(Record written) {
    ObjectNode record = JSON.createObjectNode();
    record.put("eventID", written.eventID()).put("eventName", written.eventNameAsString());
    ObjectNode dynamodb = record.putObject("dynamodb");
    dynamodb.put("SequenceNumber", written.dynamodb().sequenceNumber());
    dynamodb.put("StreamViewType", written.dynamodb().streamViewTypeAsString());
    dynamodb.set("Keys", AttributeJson.of(written.dynamodb().keys()));
    if (written.dynamodb().hasNewImage()) {
      dynamodb.set("NewImage", AttributeJson.of(written.dynamodb().newImage()));
    }
    if (written.dynamodb().hasOldImage()) {
      dynamodb.set("OldImage", AttributeJson.of(written.dynamodb().oldImage()));
    }
    return record;
  }
}
