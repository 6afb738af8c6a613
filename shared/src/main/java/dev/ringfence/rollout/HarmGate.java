package dev.ringfence.rollout;

import dev.ringfence.health.Assessment;
import dev.ringfence.health.Dispatch;
import dev.ringfence.health.ExpectedFailures;
import dev.ringfence.health.HarmTally;
import dev.ringfence.health.HarmWeights;
import dev.ringfence.health.Ledgers;
import dev.ringfence.health.Rates;
import dev.ringfence.health.StreamTally;
import dev.ringfence.health.Tally;
import dev.ringfence.health.TripWire;
import dev.ringfence.release.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Weighs what the roll-out did to machines. Whoever was dispatched is charged with its expected
 * failures at once; deliveries that failed hurt nobody and are weighed apart.
 */
final class HarmGate {
  /** How many slices of the evidence are told of. */
  private static final int SLICES_TOLD = 3;

  /**
   * No history is kept yet, so only the floors are known: the guarantee then errs towards halting.
   */
  private static final double HAZARD_PER_MINUTE = Rates.hazardPerMinute(0, 0);

  private final Rollout head;
  private final Instant now;
  private final Counts whole = new Counts();
  private final List<Counts> rings = new ArrayList<>();
  private final TreeMap<String, Counts> strata = new TreeMap<>();

  /** What was dispatched to some part of the fleet and what became of it. */
  private static final class Counts {
    private final Map<Instant, Integer> dispatched = new TreeMap<>();
    private int machines;
    private int neverBack;
    private int lostLater;
    private int early;
    private int undelivered;

    List<Dispatch> dispatches() {
      return dispatched.entrySet().stream()
          .map(e -> new Dispatch(e.getKey(), e.getValue()))
          .toList();
    }
  }

  HarmGate(Rollout head, List<Batch> batches, Instant now) {
    this.head = head;
    this.now = now;
    TripWire age = new TripWire(2, ageLimit());
    head.planned().rings().forEach(ring -> rings.add(new Counts()));
    head.planned().strata().forEach(stratum -> strata.put(stratum, new Counts()));
    for (Batch batch : batches) {
      for (Member member : batch.members()) {
        Instant dispatched = member.phase().dispatchedAt();
        if (dispatched != null) {
          count(whole, member, dispatched, age);
          count(rings.get(batch.ring()), member, dispatched, age);
          count(
              strata.computeIfAbsent(member.stratum(), s -> new Counts()), member, dispatched, age);
        }
      }
    }
  }

  private static void count(Counts counts, Member member, Instant dispatched, TripWire age) {
    counts.machines++;
    counts.dispatched.merge(dispatched, 1, Integer::sum);
    MemberPhase.Hurt hurt = member.phase().hurtBehind();
    if (hurt != null) {
      counts.neverBack += hurt.afterProof() ? 0 : 1;
      counts.lostLater += hurt.afterProof() ? 1 : 0;
      counts.early += age.isEarly(dispatched, hurt.at()) ? 1 : 0;
    }
    counts.undelivered += member.phase() instanceof MemberPhase.Undelivered ? 1 : 0;
  }

  /** How many machines are hurt. */
  int hurt() {
    return whole.neverBack + whole.lostLater;
  }

  /** How many machines were sent the release. */
  int dispatched() {
    return whole.machines;
  }

  /** How many machines live on without the update. */
  int undelivered() {
    return whole.undelivered;
  }

  /** Why the roll-out must halt, if it must. */
  Optional<HaltReason> verdict() {
    List<String> tripped = tripWire().tripped(starts());
    if (!tripped.isEmpty()) {
      return Optional.of(new HaltReason.Tripped(tripped));
    }
    Assessment harm = harm();
    if (harm.reached()) {
      return Optional.of(
          new HaltReason.Harm(harm.evidence(), harm.threshold(), hurt(), told(harm)));
    }
    return head.policy().failureBudget().isSpent(hurt(), whole.machines)
        ? Optional.of(
            new HaltReason.BudgetSpent(hurt(), head.policy().failureBudget().limit(whole.machines)))
        : Optional.empty();
  }

  /** The evidence that deliveries fail more often than chance explains. */
  Assessment delivery() {
    return Ledgers.delivery(tally(c -> c.undelivered, c -> perDispatched(c, Rates.DELIVERY_FLOOR)));
  }

  Assessment harm() {
    boolean content = head.release().channel() == Channel.CONTENT;
    StreamTally liveness =
        tally(
            c -> content ? c.neverBack + c.lostLater : c.lostLater,
            c -> ExpectedFailures.liveness(c.dispatches(), HAZARD_PER_MINUTE, now));
    StreamTally returns =
        content
            ? StreamTally.NOTHING
            : tally(c -> c.neverBack, c -> perDispatched(c, Rates.RETURN_FLOOR));
    HarmWeights weights = content ? HarmWeights.CONTENT : HarmWeights.CAPABILITY;
    return Ledgers.harm(weights, head.policy().alpha(), HarmTally.withoutRace(returns, liveness));
  }

  private double perDispatched(Counts counts, double rate) {
    return ExpectedFailures.perDispatched(counts.dispatches(), rate, now);
  }

  private StreamTally tally(ToDoubleFunction<Counts> observed, ToDoubleFunction<Counts> expected) {
    Map<String, Tally> byStratum = new TreeMap<>();
    strata.forEach((name, counts) -> byStratum.put(name, tally(counts, observed, expected)));
    return StreamTally.of(
        tally(whole, observed, expected),
        rings.stream().map(counts -> tally(counts, observed, expected)).toList(),
        byStratum);
  }

  private static Tally tally(
      Counts counts, ToDoubleFunction<Counts> observed, ToDoubleFunction<Counts> expected) {
    return new Tally((long) observed.applyAsDouble(counts), expected.applyAsDouble(counts));
  }

  private TripWire tripWire() {
    boolean content = head.release().channel() == Channel.CONTENT;
    double rate =
        content ? HAZARD_PER_MINUTE * head.policy().bake().toMinutes() : Rates.RETURN_FLOOR;
    return TripWire.of(Math.max(1, strata.size()), rate, head.policy().alpha(), ageLimit());
  }

  private java.time.Duration ageLimit() {
    return head.release().channel() == Channel.CONTENT
        ? TripWire.CONTENT_AGE_LIMIT
        : TripWire.CAPABILITY_AGE_LIMIT;
  }

  private Map<String, TripWire.Start> starts() {
    Map<String, TripWire.Start> starts = new TreeMap<>();
    strata.forEach((name, c) -> starts.put(name, new TripWire.Start(c.early, c.machines)));
    return starts;
  }

  private static List<String> told(Assessment harm) {
    return harm.slices().stream()
        .filter(slice -> slice.tally().observed() > 0)
        .sorted(
            Comparator.comparingDouble(
                (Assessment.Weighed slice) -> -slice.weight() * slice.evidence()))
        .limit(SLICES_TOLD)
        .map(slice ->
            String.format(
                Locale.ROOT,
                "%s in %s: %d seen, %.4f expected",
                slice.signal(),
                slice.slice().inWords(),
                slice.tally().observed(),
                slice.tally().expected()))
        .toList();
  }
}
