package dev.ringfence.coldstart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.AlarmEvents;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.functions.record.Codec;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.release.Channel;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What each function is called with in a cell. Every event is about an operation of its own, so
 * that the hundredth call finds as much to do as the first.
 */
final class Events {
  /** Any digest in hexadecimal. */
  private static final String MARK = "0123456789ab";

  private static final Duration PROOF_WITHIN = Duration.ofHours(1);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final LoopbackCell cell;
  private int products;
  private int runs;

  Events(LoopbackCell cell) {
    this.cell = cell;
  }

  /** The next event for a function. */
  String next(CellFunction function) {
    return switch (function) {
      case RELEASE_PUBLISHED -> cell.newRelease(nextProduct());
      case ALARM_CHANGED -> alarm();
      case ROLLOUT_BEAT -> tick(Head.Kind.ROLLOUT, cell.newRollout(nextProduct()));
      case RESTORE_BEAT -> tick(Head.Kind.RESTORE, restore());
      case DRILL_BEAT -> tick(Head.Kind.DRILL, drill());
      case DRILL_SCHEDULE -> JSON.objectNode().put("time", nextRun().toString()).toString();
      case EXPIRY_SWEEP -> "{}";
      case TABLE_CHANGED -> turn();
      case ROLLOUT_CONSOLE, RESTORE_CONSOLE, DRILL_CONSOLE -> "{\"action\": \"status\"}";
      case WIDGET -> "{\"widgetContext\": {}}";
    };
  }

  /**
   * Whether a function looks at all that is there, and so belongs into a cell with little in it.
   */
  static boolean looksAtEverything(CellFunction function) {
    return switch (function) {
      case DRILL_SCHEDULE, EXPIRY_SWEEP -> true;
      case ROLLOUT_CONSOLE, RESTORE_CONSOLE, DRILL_CONSOLE, WIDGET -> true;
      case RELEASE_PUBLISHED,
          ALARM_CHANGED,
          ROLLOUT_BEAT,
          RESTORE_BEAT,
          DRILL_BEAT,
          TABLE_CHANGED ->
          false;
    };
  }

  /** The schedule's runs are told apart by the minute. */
  private Instant nextRun() {
    runs++;
    return cell.lab().clock().instant().plus(Duration.ofMinutes(runs));
  }

  private String nextProduct() {
    products++;
    return LoopbackCell.FLEET + "-" + products;
  }

  private static String tick(Head.Kind kind, String id) {
    return JSON.objectNode().put("kind", kind.name()).put("id", id).toString();
  }

  /** Goes off, and is watched by a rollout that has not touched a machine yet. */
  private String alarm() {
    String product = nextProduct();
    cell.newRollout(product);
    ObjectNode event = JSON.objectNode();
    event.put("source", AlarmEvents.SOURCE).put("detail-type", AlarmEvents.STATE_CHANGE);
    event
        .putObject("detail")
        .put("alarmName", product)
        .putObject("state")
        .put("value", "ALARM")
        .put("reason", "Threshold Crossed: 1 datapoint was greater than the threshold (5.0)");
    return event.toString();
  }

  /** The restore of one machine that is well, which its first beat looks at. */
  private String restore() {
    String id = nextProduct() + "-restore";
    return cell.alone(() -> {
      Machine machine = cell.cloud().fleet().instances().getFirst();
      Instant now = cell.lab().clock().instant();
      RestoreOrder order =
          new RestoreOrder(
              id,
              "an operator",
              LoopbackCell.FLEET,
              "7.15.0",
              false,
              Consent.REPLACEMENT,
              ReleaseEvents.release(cell.cloud(), LoopbackCell.FLEET, "7.15.0", Channel.CONTENT)
                  .versionProbe(),
              PROOF_WITHIN,
              1,
              List.of(
                  new RestoreOrder.Hurt(
                      machine.id(),
                      "euw1-az1",
                      now,
                      new RestorePoint("snap-0123456789abcdef0", now.minus(PROOF_WITHIN)),
                      null,
                      "asked for")));
      cell.lab()
          .look()
          .create(
              RestoreCourse.FORM,
              Restore.of(order, MARK, now),
              Restore.wards(order),
              List.<JournalEntry>of());
      return id;
    });
  }

  private String drill() {
    String product = nextProduct();
    cell.newRelease(product);
    return cell.alone(() -> {
      DrillIntake intake = new DrillIntake(cell.lab().look(), (kind, id) -> {}, cell.lab().clock());
      DrillOrder order =
          intake
              .order(product, cell.lab().clock().instant(), new DrillOrder.Scope.Due(), "somebody")
              .orElseThrow();
      intake.begin(order);
      return order.id();
    });
  }

  /** A stream's record of a rollout that has succeeded: one piece of news. */
  private String turn() {
    String id = cell.newRollout(nextProduct());
    Rollout head =
        succeeded(
            cell.alone(() -> cell.lab().look().load(RolloutCourse.FORM, id).orElseThrow().head()));
    ObjectNode batch = JSON.objectNode();
    ObjectNode told = batch.putArray("Records").addObject().put("eventName", "MODIFY");
    ObjectNode dynamodb = told.putObject("dynamodb").put("SequenceNumber", "1");
    image(dynamodb.putObject("OldImage"), head, "RUNNING");
    image(dynamodb.putObject("NewImage"), head, head.phaseName());
    return batch.toString();
  }

  private static Rollout succeeded(Rollout rollout) {
    return new Rollout(
        rollout.id(),
        rollout.mark(),
        rollout.acceptedAt(),
        rollout.release(),
        rollout.digest(),
        rollout.selector(),
        rollout.policy(),
        rollout.previous(),
        rollout.plan(),
        new RolloutPhase.Succeeded(rollout.acceptedAt()),
        rollout.orders(),
        rollout.exposed());
  }

  private static void image(ObjectNode image, Rollout head, String phase) {
    image.putObject("pk").put("S", "OP#" + head.id());
    image.putObject("sk").put("S", "HEAD");
    image.putObject("id").put("S", head.id());
    image.putObject("kind").put("S", Head.Kind.ROLLOUT.name());
    image.putObject("phase").put("S", phase);
    image.putObject("body").put("B", new Codec().pack(Rollout.class, head));
  }
}
