package dev.ringfence.rollout;

import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.ChannelPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One decision in the making: the operation as it is so far, and what the journal shall say of it.
 * It lives for one call of {@code decide} and is seen by nobody else.
 */
final class Turn {
  /**
   * How many batches one decision may change, so that one transaction can store it; what is left
   * over is decided at once in the next round.
   */
  static final int CHANGES_MAX = 80;

  private static final String BEAT = "beat";

  final Sight sight;
  final Instant now;

  /** The halt that is asked for; what is milder was answered before any phase sees it. */
  final @Nullable Request request;

  private final List<Batch> batches;
  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private Rollout head;
  private Instant graceUntil = Instant.EPOCH;
  private Instant again;
  private final Set<Integer> changed = new HashSet<>();

  Turn(Operation<Rollout, Batch> operation, Sight sight, Instant now) {
    this.sight = sight;
    this.now = now;
    Request asked = operation.request();
    this.request = asked != null && asked.wish() == Request.Wish.HALT ? asked : null;
    this.head = operation.head();
    this.batches = new ArrayList<>(operation.parts());
    this.again = now.plus(Tempo.IDLE);
  }

  Rollout head() {
    return head;
  }

  ChannelPolicy policy() {
    return head.policy();
  }

  List<Batch> batches() {
    return List.copyOf(batches);
  }

  /** The batches of one ring, in order. */
  List<Batch> batchesOf(Plan.Ring ring) {
    return List.copyOf(batches.subList(ring.firstBatch(), ring.firstBatch() + ring.batches()));
  }

  void enter(RolloutPhase phase) {
    head = head.in(phase);
  }

  void become(Rollout next) {
    head = next;
  }

  /** Puts the whole plan in place; only planning may, since nothing reads these batches before. */
  void layOut(List<Batch> planned) {
    batches.clear();
    batches.addAll(planned);
  }

  /** Until then silence is forgiven, because AWS's own side had failed. */
  void forgive(Instant until) {
    graceUntil = until;
  }

  Instant graceUntil() {
    return graceUntil;
  }

  /** Whether this decision may change one more batch. */
  boolean hasRoom() {
    return changed.size() < CHANGES_MAX;
  }

  void put(Batch batch) {
    if (!batches.get(batch.number()).equals(batch)) {
      batches.set(batch.number(), batch);
      changed.add(batch.number());
      if (!hasRoom()) {
        due(now);
      }
    }
  }

  void note(String what, String evidence) {
    journal.add(new JournalEntry(now, BEAT, what, evidence));
  }

  void claim(LaneClaim claim) {
    claims.add(claim);
  }

  /** The next beat shall not be later than this. */
  void due(Instant at) {
    Instant wanted = at.isBefore(now) ? now : at;
    if (wanted.isBefore(again)) {
      again = wanted;
    }
  }

  Decision<Rollout, Batch> decided() {
    return new Decision<>(
        head, batches, journal, claims, Objects.requireNonNull(again, "again is null"));
  }
}
