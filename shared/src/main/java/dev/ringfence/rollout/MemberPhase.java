package dev.ringfence.rollout;

import dev.ringfence.operation.Tries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one machine stands in a roll-out. */
public sealed interface MemberPhase {
  /** In the plan; nothing was done to it. */
  record Planned() implements MemberPhase {}

  /**
   * Its restore point is being made.
   *
   * @param attempt counts from 1
   * @param tries what came of the attempts to ask for it; null before there is anything to tell
   * @param snapshot the root's snapshot; null until it is known
   * @param quiet how far it is with more than a crash-consistent one; null when no more is wanted
   */
  record Securing(
      Instant since,
      int attempt,
      @Nullable Tries tries,
      @Nullable String snapshot,
      @Nullable Quiet quiet)
      implements MemberPhase {

    /** A crash-consistent one. */
    public Securing(Instant since, int attempt, @Nullable Tries tries, @Nullable String snapshot) {
      this(since, attempt, tries, snapshot, null);
    }

    Securing with(Quiet next) {
      return new Securing(since, attempt, tries, snapshot, next);
    }

    /** Another attempt to ask for it left it open. */
    Securing after(@Nullable Tries next) {
      return new Securing(since, attempt, next, snapshot, quiet);
    }

    /** EC2 has begun to take it. */
    Securing taken(String root, Instant at) {
      return new Securing(at, attempt, tries, root, quiet);
    }

    /** Whether EC2 is to be asked for it now. */
    boolean isToBeTaken() {
      return snapshot == null
          && (quiet == null || quiet instanceof Quiet.Frozen || quiet instanceof Quiet.Known);
    }
  }

  /**
   * It may be updated: its restore point is completed, or its policy lets it go without.
   *
   * @param refusals how often a command to its batch was refused because of one of its machines
   */
  record Secured(int refusals) implements MemberPhase {}

  /**
   * It is at risk: the update was sent, or is about to be.
   *
   * @param attempt counts from 1
   * @param refusals carried along from {@link Secured}
   */
  record Dispatched(Instant at, int attempt, int refusals) implements MemberPhase {}

  /** It proved that it lives and runs the release. */
  record Proven(Instant dispatched, Instant at) implements MemberPhase {}

  /**
   * It lives, but the update did not take.
   *
   * @param found what it said of itself
   */
  record Undelivered(Instant dispatched, Instant at, int attempt, String found)
      implements MemberPhase {}

  /**
   * It did not prove its life, or stopped to.
   *
   * @param afterProof whether it had proven itself before
   * @param evidence what was seen
   */
  record Hurt(Instant dispatched, Instant at, boolean afterProof, String evidence)
      implements MemberPhase {}

  /** It was hurt and is in a restore's hands. */
  record HandedOver(Hurt hurt, int order) implements MemberPhase {}

  /** Nobody can say what the update did to it: not held against the release, and no proof. */
  record Lost(Instant dispatched, Instant at, Cause cause, String evidence) implements MemberPhase {
    /** Why nobody can say. */
    public enum Cause {
      /** AWS's own side failed under it past its deadline. */
      INFRASTRUCTURE,
      /** It lives, and its version could not be read back. */
      MUTE,
      /** Somebody terminated it, such as its Auto Scaling group. */
      TERMINATED
    }
  }

  /** It was not updated and will not be. */
  record LeftOut(String reason) implements MemberPhase {}

  /** The phase as the journal says it. */
  default String title() {
    return switch (this) {
      case Planned p -> "planned";
      case Securing s -> "being secured";
      case Secured s -> "secured";
      case Dispatched d -> "dispatched";
      case Proven p -> "proven";
      case Undelivered u -> "not updated";
      case Hurt h -> "hurt";
      case HandedOver h -> "handed over";
      case Lost l -> "lost";
      case LeftOut l -> "left out";
    };
  }

  /** When the update was sent to it; null when it never was. */
  default @Nullable Instant dispatchedAt() {
    return switch (this) {
      case Dispatched d -> d.at();
      case Proven p -> p.dispatched();
      case Undelivered u -> u.dispatched();
      case Hurt h -> h.dispatched();
      case HandedOver h -> h.hurt().dispatched();
      case Lost l -> l.dispatched();
      case Planned p -> null;
      case Securing s -> null;
      case Secured s -> null;
      case LeftOut l -> null;
    };
  }

  /** The hurt behind this phase; null when it was not hurt. */
  default @Nullable Hurt hurtBehind() {
    return switch (this) {
      case Hurt h -> h;
      case HandedOver h -> h.hurt();
      case Planned p -> null;
      case Securing s -> null;
      case Secured s -> null;
      case Dispatched d -> null;
      case Proven p -> null;
      case Undelivered u -> null;
      case Lost l -> null;
      case LeftOut l -> null;
    };
  }
}
