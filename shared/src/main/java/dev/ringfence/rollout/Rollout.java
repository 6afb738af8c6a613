package dev.ringfence.rollout;

import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Holding;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Tries;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RestorePointRule;
import dev.ringfence.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One release on its way over one fleet. Release, policy and plan are frozen with it: later rings
 * get the same bits under the same rules.
 *
 * @param mark 12 hexadecimal digits that stand for the roll-out in the keys of its effects
 * @param digest SHA-256 of the canonical manifest
 * @param previous the version that was on the fleet before; null when none is known
 * @param plan null until the fleet was found
 * @param orders restores that were asked for, in order of their numbers
 * @param exposed when the first machine was given the release; null before
 */
public record Rollout(
    String id,
    String mark,
    Instant acceptedAt,
    Release release,
    String digest,
    Map<String, List<String>> selector,
    ChannelPolicy policy,
    @Nullable String previous,
    @Nullable Plan plan,
    RolloutPhase phase,
    List<Order> orders,
    @Nullable Instant exposed)
    implements Head {
  public Rollout {
    orders = List.copyOf(orders);
  }

  /**
   * One hand-over of hurt machines.
   *
   * @param agreed how far a person said that it may go; null when nobody was asked
   * @param started whether the restore is known to be stored and its clock started
   */
  public record Order(
      String restore,
      Instant at,
      @Nullable Consent agreed,
      @Nullable Tries tries,
      boolean started) {
    boolean isAutomatic() {
      return agreed == null;
    }

    /** How far the restore may go. */
    Consent consent() {
      return agreed == null ? Consent.ALL : agreed;
    }
  }

  @Override
  public Kind kind() {
    return Kind.ROLLOUT;
  }

  @Override
  public String phaseName() {
    return phase.title();
  }

  @Override
  public boolean isFinal() {
    return phase.isFinal();
  }

  @Override
  public Set<String> alarms() {
    return Set.copyOf(policy.alarms());
  }

  public Lane.Id lane() {
    return new Lane.Id(release.product(), release.channel());
  }

  /**
   * The version that a machine's restore point holds: what was on the fleet when this rollout took
   * it. Null when there is none, or when it may have been taken before that was installed.
   */
  public @Nullable String heldBy(@Nullable RestorePoint point) {
    boolean ours = !(policy.restorePoint() instanceof RestorePointRule.ReuseYoungerThan);
    return point != null && ours ? previous : null;
  }

  /** What a restore point that is taken now holds; empty when nobody knows. */
  Optional<String> holding() {
    return Optional.ofNullable(previous)
        .map(version -> Holding.of(release.product(), release.channel(), version));
  }

  Plan planned() {
    if (plan == null) {
      throw new IllegalStateException(id + " was asked for its plan while in " + phaseName());
    }
    return plan;
  }

  Rollout in(RolloutPhase next) {
    return moved(previous, plan, next, orders, exposed);
  }

  Rollout startedFrom(@Nullable String installed, RolloutPhase next) {
    return moved(installed, plan, next, orders, exposed);
  }

  Rollout following(Plan made, RolloutPhase next) {
    return moved(previous, made, next, orders, exposed);
  }

  Rollout with(List<Order> next) {
    return moved(previous, plan, phase, next, exposed);
  }

  /** The release is on its way to a machine; the first time counts. */
  Rollout exposing(Instant now) {
    return exposed != null ? this : moved(previous, plan, phase, orders, now);
  }

  /** What may change; all else is frozen with the roll-out. */
  private Rollout moved(
      @Nullable String previous,
      @Nullable Plan plan,
      RolloutPhase phase,
      List<Order> orders,
      @Nullable Instant exposed) {
    return new Rollout(
        id,
        mark,
        acceptedAt,
        release,
        digest,
        selector,
        policy,
        previous,
        plan,
        phase,
        orders,
        exposed);
  }
}
