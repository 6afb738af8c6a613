package dev.ringfence.lab.judge;

import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * What was seen to happen during a run, each with its number in the one order of all: two things at
 * the same virtual instant still came one after the other.
 */
sealed interface Observed {
  /** Its place in the order. */
  long order();

  Instant at();

  /**
   * A SendCommand that took effect, whether or not its caller heard of it.
   *
   * @param begun when its caller made the call, in the same order
   * @param key its comment
   */
  record Sent(
      long order,
      long begun,
      Instant at,
      String key,
      String document,
      Map<String, List<String>> parameters,
      List<String> machines)
      implements Observed {
    public Sent {
      parameters = Map.copyOf(parameters);
      machines = List.copyOf(machines);
    }

    /** Whether it installs this roll-out's release. */
    boolean updates(Rollout rollout) {
      return document.equals(rollout.release().document().name())
          && parameters.equals(rollout.release().parameters());
    }
  }

  /** A CancelCommand that was answered. */
  record Cancelled(long order, Instant at, String command) implements Observed {}

  /** A CreateSnapshots that took effect. */
  record Secured(long order, Instant at, String key, String machine) implements Observed {}

  /** A CreateReplaceRootVolumeTask that was accepted; the token is its key. */
  record RootAsked(long order, Instant at, String token, String machine, String snapshot)
      implements Observed {
    static RootAsked by(CreateReplaceRootVolumeTaskRequest ask, long order, Instant at) {
      return new RootAsked(order, at, ask.clientToken(), ask.instanceId(), ask.snapshotId());
    }
  }

  /** A RunInstances that took effect, as it was asked for. */
  record Launched(long order, Instant at, RunInstancesRequest request) implements Observed {}

  /** A call that stops, starts or terminates an instance, or changes its disks or attributes. */
  record Touched(long order, Instant at, String operation, String instance) implements Observed {}

  /** An operation that was stored for the first time. */
  record Created(long order, Instant at, Head head, List<JournalEntry> journal)
      implements Observed {}

  /**
   * A write to an operation.
   *
   * @param moves which machines of a roll-out changed their phase with it
   */
  record Written(
      long order, Instant at, Head before, Head after, List<Move> moves, List<JournalEntry> journal)
      implements Observed {}

  /** A machine of a roll-out that changed its phase; {@code from} is null when it was planned. */
  record Move(Member member, @Nullable MemberPhase from, MemberPhase to) {}

  /**
   * A ring that passed.
   *
   * @param proven what its machines that had proven themselves really were at that instant
   * @param earlier the same of the rings before
   * @param undecided machines of the ring that still were in flight
   */
  record Passed(
      long order,
      Instant at,
      Rollout rollout,
      String ring,
      List<Look> proven,
      List<Look> earlier,
      List<String> undecided)
      implements Observed {}

  /** A line that was added to a journal outside an operation's own writes. */
  record Noted(long order, Instant at, String journal, JournalEntry entry) implements Observed {}

  /** An event that was taken in, with how much was written meanwhile but for the journal. */
  record TakenIn(
      long order, Instant at, String event, boolean refused, List<String> fields, long writes)
      implements Observed {}

  /** The batches of an operation, if it is a roll-out. */
  static List<Batch> batches(List<?> parts) {
    return parts.stream().filter(Batch.class::isInstance).map(Batch.class::cast).toList();
  }
}
