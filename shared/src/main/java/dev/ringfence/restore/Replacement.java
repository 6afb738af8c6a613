package dev.ringfence.restore;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses and walks the way to another root: EC2's own replacement for a machine that runs, and the
 * exchange of a stopped machine's root where that is refused, fails, or cannot be asked for. What
 * the machine shows is kept before either.
 */
record Replacement(Restore head, Sight sight, Instant now) {
  /** What becomes of a patient: another phase, or an end with its reason and what was tried. */
  sealed interface Turn {
    /** It goes on in this phase. */
    record On(PatientPhase phase) implements Turn {}

    /** Its restore point did not bring it back; an older one might. */
    record Barren(String reason, String tried) implements Turn {}

    /** Nothing more can be done for it. */
    record Over(String reason, String tried) implements Turn {}
  }

  /** EC2's word for the only state in which it replaces a root. */
  private static final String RUNNING = "running";

  /** EC2's code for a machine that is in another state ("Error codes for the Amazon EC2 API"). */
  private static final String OTHER_STATE = "IncorrectInstanceState";

  /** EC2's codes for what the role may not do ("Error codes for the Amazon EC2 API"). */
  private static final List<String> DENIALS = List.of("UnauthorizedOperation", "AccessDenied");

  private static final String NOT_AGREED =
      "the other way, path B, is not in the plan that was confirmed, since it stops the machine; a"
          + " plan that is asked for with path B says what that costs";

  Turn examining(Patient patient, PatientPhase.Examining examining) {
    Rig rig = examining.rig() == null ? sight.rigs().get(patient.machine()) : examining.rig();
    PatientPhase.Examining seen =
        new PatientPhase.Examining(examining.since(), examining.tried(), examining.evidence(), rig);
    boolean mayBeOurs = patient.attempt() > 1 && head.consent().exchange();
    if (rig != null && !rig.state().equals(RUNNING) && !mayBeOurs) {
      // Nothing of ours has stopped it, so somebody else had a reason to.
      return new Turn.Over(isOff(rig.state()), "nothing");
    }
    Body body = body(rig);
    boolean ready = examining.evidence() != null && body != null && isPastSeen(patient, body);
    if (!ready && now.isBefore(examining.since().plus(RestoreTempo.EXAMINATION))) {
      return new Turn.On(seen);
    }
    if (patient.isToBeExchanged()) {
      return body == null
          ? new Turn.Over("it could not be seen how it is put together", "nothing")
          : pathB().weigh(body, "its restore by path B was confirmed", "", false);
    }
    if (body == null || body.running()) {
      return new Turn.On(new PatientPhase.Replacing(now, false, null, null, body));
    }
    return pathB().weigh(body, "it does not run, so EC2 replaces nothing", "", false);
  }

  private static String isOff(String state) {
    return "it is "
        + state
        + ": EC2 replaces the root of running machines only, and what somebody has switched off is"
        + " not switched on here; start it first, and ask for a restore if it stays hurt";
  }

  /** What else it could go back to is only asked once: later the root is another one. */
  private boolean isPastSeen(Patient patient, Body body) {
    return patient.attempt() > 1 || sight.past().containsKey(body.root());
  }

  private @Nullable Body body(@Nullable Rig rig) {
    Rig.Attached root = rig == null ? null : rig.root();
    Volume volume = root == null ? null : sight.volumes().get(root.volume());
    return rig == null || root == null || volume == null ? null : Body.of(rig, root, volume);
  }

  Turn replacing(Patient patient, PatientPhase.Replacing replacing) {
    String refused = replacing.refused();
    if (refused != null) {
      return refused(replacing, refused);
    }
    return answered(
        replacing, "root replacement " + replacing.task() + " from " + patient.pointName());
  }

  private Turn refused(PatientPhase.Replacing replacing, String refused) {
    if (refused.startsWith(OTHER_STATE)) {
      return new Turn.Over(isOff("not running"), "root replacement: " + refused);
    }
    String why = "EC2 refused the replacement: " + refused;
    if (DENIALS.stream().anyMatch(refused::startsWith)) {
      // Whoever forbade it did not mean it to be done in another way.
      return new Turn.Over(why, "root replacement");
    }
    return exchangeInstead(replacing, why, "root replacement");
  }

  private Turn answered(PatientPhase.Replacing replacing, String tried) {
    Sight.Replacement seen =
        replacing.task() == null ? null : sight.replacements().get(replacing.task());
    Sight.Progress progress = seen == null ? Sight.Progress.UNDER_WAY : seen.progress();
    return switch (progress) {
      case SUCCEEDED -> {
        Instant ended = seen == null || seen.ended() == null ? now : seen.ended();
        yield new Turn.On(
            new PatientPhase.Proving(
                ended, replacing.body() == null ? null : replacing.body().root()));
      }
      case FAILED ->
          exchangeInstead(replacing, "the replacement failed, the old root is attached", tried);
      case FAILED_DETACHED ->
          exchangeAfter(
              replacing, "the replacement failed and left the machine without a root", tried, true);
      // It may still be at work, so nobody else may lay hands on the root.
      case UNDER_WAY ->
          now.isBefore(replacing.since().plus(RestoreTempo.REPLACEMENT))
              ? new Turn.On(replacing)
              : new Turn.Over("the replacement did not end in time", tried);
    };
  }

  /** Who agreed to a machine that stays up did not agree to this; one without a root is not up. */
  private Turn exchangeInstead(PatientPhase.Replacing replacing, String why, String tried) {
    return head.consent().exchange()
        ? exchangeAfter(replacing, why, tried, false)
        : new Turn.Over(why + "; " + NOT_AGREED, tried);
  }

  /** A Spot machine is never parted from a root, and one that has none needs one all the more. */
  private Turn exchangeAfter(
      PatientPhase.Replacing replacing, String why, String tried, boolean rootless) {
    Body body = replacing.body();
    if (body == null) {
      return new Turn.Over(why, tried);
    }
    return body.spot() && !rootless
        ? new Turn.Over(why + "; a Spot machine is not stopped for an exchange", tried)
        : pathB().weigh(body, why, tried, rootless);
  }

  PathB pathB() {
    return new PathB(head, sight, now);
  }
}
