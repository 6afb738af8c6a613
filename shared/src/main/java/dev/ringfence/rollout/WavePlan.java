package dev.ringfence.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The waves of a roll-out: a pilot, a canary large enough to see the defect worth seeing, then
 * growth by a constant factor. Sizes and waits only; which machines go when is decided elsewhere.
 *
 * @param waves in order; sizes rise strictly and end with the whole fleet
 * @param growth the factor that was used; above the wished one where the deadline forced it
 * @param heldBack machines of the last wave that serve as control until then, 0 without hold-back
 */
public record WavePlan(List<Wave> waves, double growth, int heldBack) {
  /** The largest fleet that was tried. */
  public static final int MAX_MACHINES = 1_000_000;

  /** By how much the growth is raised until the plan meets its deadline. */
  private static final double GROWTH_STEP = 1.25;

  /** One machine in 50 is held back: enough to know the ambient failures of a large fleet. */
  private static final int HOLD_BACK_DIVISOR = 50;

  /** Fewer than a dozen machines say little about ambient failures ... */
  private static final int SMALL_HOLD_BACK = 12;

  /** ... but a small fleet spares at most a tenth for control, and a tenth for the pilot. */
  private static final int TENTH = 10;

  /** A pilot of fewer than three says little even when all machines are alike. */
  private static final int SMALLEST_PILOT = 3;

  /** The canary takes at most a fifth of a small fleet, or it would be the roll-out. */
  private static final int FIFTH = 5;

  public WavePlan {
    waves = List.copyOf(waves);
  }

  /**
   * A step of the plan.
   *
   * @param upTo machines dispatched in total when the wave is out
   * @param watch wait after its dispatch, before the next wave or the end; zero after releasing
   *     machines that were held back, because without control nothing is left to compare with
   */
  public record Wave(int upTo, Duration watch) {}

  /**
   * Plans a fleet.
   *
   * @param machines to be reached, between 1 and {@link #MAX_MACHINES}
   */
  public static WavePlan of(int machines, Pace pace) {
    if (machines < 1 || machines > MAX_MACHINES) {
      throw new IllegalArgumentException("machines must be 1 to 1,000,000, got " + machines);
    }
    int heldBack = pace.holdBack() && machines > 1 ? holdBack(machines) : 0;
    double growth = pace.growth();
    List<Integer> sizes = sizes(machines, heldBack, pace, growth);
    // Pilot, canary and rest always fit (see Pace), so that enough growth ends this loop.
    while (pace.minGap().multipliedBy(sizes.size() - 1L).compareTo(pace.deadline()) > 0) {
      growth *= GROWTH_STEP;
      sizes = sizes(machines, heldBack, pace, growth);
    }
    return new WavePlan(timed(sizes, pace, machines), growth, heldBack);
  }

  /** Machines dispatched in total after each wave. */
  public List<Integer> sizes() {
    return waves.stream().map(Wave::upTo).toList();
  }

  /** Waits after each wave. */
  public List<Duration> watches() {
    return waves.stream().map(Wave::watch).toList();
  }

  private static int holdBack(int machines) {
    return Math.max(
        Math.ceilDiv(machines, HOLD_BACK_DIVISOR), Math.min(SMALL_HOLD_BACK, machines / TENTH));
  }

  /** Total sizes up to the deadline, that is without the wave that was held back. */
  private static List<Integer> sizes(int machines, int heldBack, Pace pace, double growth) {
    int last = machines - heldBack;
    int pilot = Math.min(Math.max(pace.strata(), SMALLEST_PILOT), Math.max(1, machines / TENTH));
    int needed = Canary.sizeFor(machines, pace.detect(), pace.miss());
    int canary = Math.min(needed, Math.max(pilot, machines / FIFTH));
    List<Integer> sizes = new ArrayList<>();
    sizes.add(pilot);
    int reached = pilot;
    if (canary > pilot) {
      sizes.add(canary);
      reached = canary;
    }
    while (reached < last) {
      // One more at least: a small canary times a small growth would stand still.
      long grown = Math.max(reached + 1L, (long) Math.floor(growth * reached));
      reached = (int) Math.min(grown, last);
      sizes.add(reached);
    }
    return sizes;
  }

  private static List<Wave> timed(List<Integer> sizes, Pace pace, int machines) {
    int gaps = sizes.size() - 1;
    List<Wave> waves = new ArrayList<>();
    List<Duration> waits = frontLoaded(gaps, pace);
    for (int i = 0; i < gaps; i++) {
      waves.add(new Wave(sizes.get(i), waits.get(i)));
    }
    waves.add(new Wave(sizes.getLast(), pace.observation()));
    if (sizes.getLast() < machines) {
      waves.add(new Wave(machines, Duration.ZERO));
    }
    return waves;
  }

  /**
   * The shortest gap for each, and what the deadline leaves in halves: half to the first, a quarter
   * to the second ... Every wave starts later than with equal gaps, so fewer machines are exposed
   * when a slow defect shows.
   */
  private static List<Duration> frontLoaded(int gaps, Pace pace) {
    if (gaps == 0) {
      return List.of();
    }
    Duration slack = pace.deadline().minus(pace.minGap().multipliedBy(gaps));
    double doubled = 1 - Math.scalb(1.0, -gaps);
    Duration first = slack;
    List<Duration> later = new ArrayList<>();
    for (int i = 1; i < gaps; i++) {
      Duration extra =
          Duration.ofSeconds((long) (slack.toSeconds() * Math.scalb(1.0, -1 - i) / doubled));
      first = first.minus(extra);
      later.add(pace.minGap().plus(extra));
    }
    // The first takes what rounding to seconds leaves, so that the gaps end at the deadline.
    later.addFirst(pace.minGap().plus(first));
    return later;
  }
}
