package dev.ringfence.swap;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import dev.ringfence.swap.SwapMove.Failed.Root;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the old root. It ends in a failure whatever happens, and is to end with a root:
 * so its steps have no number of attempts, only a last moment.
 */
final class Backward {
  private final Seeing seeing;
  private final Swap swap;

  Backward(Seeing seeing) {
    this.seeing = seeing;
    this.swap = seeing.swap();
  }

  SwapMove next() {
    String root = seeing.root();
    if (seeing.isLate()) {
      return end(leftWith(root));
    }
    if (root == null) {
      return rootless();
    }
    if (root.equals(seeing.order().oldVolume())) {
      return withOldRoot();
    }
    if (root.equals(swap.newVolume())
        && seeing.order().oldVolume() != null
        && !seeing.rig().spot()) {
      return seeing.isStopped() ? want(SwapStep.DETACH_NEW) : stop();
    }
    return failed(leftWith(root));
  }

  private Root leftWith(@Nullable String root) {
    if (root == null) {
      return Root.NONE;
    }
    if (root.equals(seeing.order().oldVolume())) {
      return Root.OLD;
    }
    return root.equals(swap.newVolume()) ? Root.NEW : Root.OTHER;
  }

  private SwapMove rootless() {
    if (seeing.order().oldVolume() == null) {
      return failed(Root.NONE);
    }
    if (!seeing.isStopped()) {
      // A Spot machine that did not let itself be stopped on the way there does not here either.
      return seeing.rig().spot() ? failed(Root.NONE) : stop();
    }
    Volume old = seeing.volume(seeing.order().oldVolume());
    if (old == null) {
      return seeing.waiting("EC2 shows its old " + seeing.order().what());
    }
    return switch (old.state()) {
      case "deleting", "deleted", "error" -> failed(Root.NONE);
      default -> want(SwapStep.ATTACH_OLD);
    };
  }

  private SwapMove stop() {
    Rig.Membership group = seeing.rig().group();
    if (group != null && group.lifecycle().equals("InService")) {
      return failed(leftWith(seeing.root()));
    }
    return seeing.isRunning() ? want(SwapStep.STOP_BACK) : seeing.waiting("it is stopped");
  }

  private SwapMove withOldRoot() {
    if (!seeing.isRootSettled()) {
      // It may be on its way out: a detachment that was asked for before the way was turned.
      return seeing.waiting("its old " + seeing.order().what() + " stays");
    }
    boolean wasOut = swap.attempts(SwapStep.ATTACH_OLD) > 0;
    if (!wasOut && swap.attempts(SwapStep.ATTACH_NEW) > 0 && !isCalm()) {
      // The new one was attached here, so this list may be older than that.
      return seeing.waiting("EC2's lists are up to date");
    }
    if (wasOut && !seeing.rootHasSetting() && !swap.over().contains(SwapStep.KEEP_SETTING_BACK)) {
      return want(SwapStep.KEEP_SETTING_BACK);
    }
    if (!ranWhenFound() || swap.over().contains(SwapStep.START_BACK)) {
      return failed(Root.OLD);
    }
    return switch (seeing.rig().state()) {
      case "running" -> failed(Root.OLD);
      case "stopped" -> want(SwapStep.START_BACK);
      default -> seeing.waiting("it runs or is stopped");
    };
  }

  private boolean ranWhenFound() {
    return swap.found() != null && swap.found().state().equals("running");
  }

  private SwapMove want(SwapStep step) {
    return switch (seeing.attempt(step)) {
      case UNDER_WAY -> seeing.waiting(step.words(seeing.order()));
      case NONE, USED_UP ->
          step.isDispensable() && swap.attempts(step) >= SwapTempo.ATTEMPTS
              ? new Backward(seeing.with(swap.over(step, seeing.failure(step)))).next()
              : seeing.act(step);
    };
  }

  private SwapMove failed(Root root) {
    return isCalm() ? end(root) : seeing.waiting("EC2's lists are up to date");
  }

  private boolean isCalm() {
    Swap.Back back = swap.back();
    Swap.Doing doing = swap.doing();
    Instant newest = back == null ? swap.began() : back.since();
    if (doing != null && doing.since().isAfter(newest)) {
      newest = doing.since();
    }
    return swap.attempts().isEmpty() || !seeing.now().isBefore(newest.plus(SwapTempo.CALM));
  }

  private SwapMove end(Root root) {
    Swap.Back back = swap.back();
    String why = back == null ? "" : back.why();
    Rig.Membership group = seeing.rig().group();
    String standby =
        group != null && group.lifecycle().equals("Standby")
            ? "; it is left in standby of " + group.group()
            : "";
    return new SwapMove.Failed(swap, why + standby, root);
  }
}
