package dev.ringfence.swap;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import org.jspecify.annotations.Nullable;

/** The way to the new root: the first thing on it that is not as it should be is the next step. */
final class Forward {
  /** EC2 says no more than this when a key's grant is missing at a start. */
  private static final String START_FAILED = "Client.InternalError";

  private static final String NO_CAPACITY = "InsufficientInstanceCapacity";

  private final Seeing seeing;
  private final Swap swap;
  private final Rig rig;

  Forward(Seeing seeing) {
    this.seeing = seeing;
    this.swap = seeing.swap();
    this.rig = seeing.rig();
  }

  SwapMove next() {
    if (rig.spot() && seeing.root() != null && !seeing.rootIs(swap.newVolume())) {
      // One that has lost its root already is stopped to be given another one, and only started
      // with it.
      return back("it is a Spot machine, which EC2 terminates if it starts without a root");
    }
    if (seeing.isLate()) {
      return back("the exchange did not end in time");
    }
    if (seeing.rootIs(swap.newVolume())) {
      return finishing();
    }
    if (swap.attempts(SwapStep.START) > 0) {
      // It had its new root a moment ago; a list that lags behind is no reason to stop it again.
      return seeing.waiting("EC2 shows its new " + seeing.order().what() + " again");
    }
    String root = seeing.root();
    if (root != null && !root.equals(seeing.order().oldVolume())) {
      return back(
          "its "
              + seeing.order().what()
              + " is "
              + root
              + ", which is not the one that was to be exchanged");
    }
    if (!rig.zone().equals(seeing.order().zone())) {
      return back("it is in " + rig.zone() + " and its restore point belongs to another zone");
    }
    return preparing();
  }

  private SwapMove preparing() {
    if (seeing.order().evidence() != null && !swap.over().contains(SwapStep.EVIDENCE)) {
      return want(SwapStep.EVIDENCE);
    }
    SwapMove first = outOfService();
    if (first == null) {
      first = stopped();
    }
    if (first == null) {
      first = made();
    }
    return first == null ? exchange() : first;
  }

  /** Null once its group will leave it alone. */
  private @Nullable SwapMove outOfService() {
    Rig.Membership group = rig.group();
    return switch (group == null ? "Standby" : group.lifecycle()) {
      case "Standby" -> null;
      case "InService" -> want(SwapStep.ENTER_STANDBY);
      case "EnteringStandby", "Pending", "Pending:Wait", "Pending:Proceed" ->
          seeing.waiting("its Auto Scaling group lets it go");
      default ->
          back("its Auto Scaling group holds it as " + (group == null ? "" : group.lifecycle()));
    };
  }

  private @Nullable SwapMove stopped() {
    return switch (rig.state()) {
      case "stopped" -> null;
      case "running" -> want(SwapStep.STOP);
      default -> seeing.waiting("it is stopped");
    };
  }

  /** Null once the new root is at hand. It is made before the old one goes. */
  private @Nullable SwapMove made() {
    if (swap.newVolume() == null) {
      return want(SwapStep.CREATE);
    }
    Volume volume = seeing.volume(swap.newVolume());
    String state = volume == null ? "unlisted" : volume.state();
    return switch (state) {
      case "available", "in-use" -> null;
      case "creating", "unlisted" ->
          mayStillShow()
              ? seeing.waiting("its new " + seeing.order().what() + " is available")
              : back(theNew() + " did not become available");
      default ->
          back(
              theNew()
                  + " came to the state "
                  + state
                  + ", as it does when its key may not be used");
    };
  }

  /** A list that lags behind may lose it again after it was seen and the next step was begun. */
  private boolean mayStillShow() {
    Swap.Doing doing = swap.doing();
    return doing != null && seeing.now().isBefore(doing.since().plus(SwapStep.CREATE.patience()));
  }

  private String theNew() {
    return "its new " + seeing.order().what() + " " + swap.newVolume();
  }

  private SwapMove exchange() {
    return seeing.root() == null ? want(SwapStep.ATTACH_NEW) : want(SwapStep.DETACH_OLD);
  }

  /** The new root is at its device. */
  private SwapMove finishing() {
    if (!seeing.isRootSettled()) {
      return want(SwapStep.ATTACH_NEW);
    }
    if (!seeing.rootHasSetting() && !swap.over().contains(SwapStep.KEEP_SETTING)) {
      return want(SwapStep.KEEP_SETTING);
    }
    if (!seeing.order().starts()) {
      // An exchange after it may fail, and then its old volume comes back: it is not tagged yet.
      return new SwapMove.Finished(swap);
    }
    return switch (rig.state()) {
      case "running" -> backInService();
      case "stopped" -> starting();
      default -> seeing.waiting("it runs");
    };
  }

  private SwapMove starting() {
    if (swap.attempts(SwapStep.EXIT_STANDBY) > 0) {
      // It ran when it was put back into service; a list that lags behind is no reason to turn.
      return seeing.waiting("EC2 shows that it runs");
    }
    Swap.Found found = swap.found();
    boolean told = found != null && rig.reason().equals(found.reason());
    boolean failed = rig.reason().startsWith(START_FAILED) && !told;
    if (failed && swap.isDoing(SwapStep.START)) {
      return back(
          "it stopped again while it started ("
              + rig.reason()
              + "), as it does when the key of its root may not be used");
    }
    return want(SwapStep.START);
  }

  private SwapMove backInService() {
    Rig.Membership group = rig.group();
    boolean ours = swap.standby() != null && !swap.over().contains(SwapStep.EXIT_STANDBY);
    if (!ours || group == null || !group.lifecycle().equals("Standby")) {
      return Tagging.of(swap, seeing.now());
    }
    return want(SwapStep.EXIT_STANDBY);
  }

  private SwapMove want(SwapStep step) {
    return switch (seeing.attempt(step)) {
      case UNDER_WAY -> seeing.waiting(step.words(seeing.order()));
      case NONE, USED_UP -> mayTry(step) ? seeing.act(step) : without(step);
    };
  }

  /**
   * A volume that was asked for and not heard of may be there all the same; another key would make
   * a second one.
   */
  private boolean mayTry(SwapStep step) {
    Swap.Doing doing = swap.doing();
    boolean lost = doing != null && doing.step() == step && doing.isOpen();
    return swap.attempts(step) < SwapTempo.ATTEMPTS && !(step == SwapStep.CREATE && lost);
  }

  private SwapMove without(SwapStep step) {
    String failure = seeing.failure(step);
    if (step.isDispensable()) {
      return new Forward(seeing.with(swap.over(step, failure))).next();
    }
    if (step == SwapStep.START && failure.contains(NO_CAPACITY)) {
      // The old root would find no capacity either, and this one is sound.
      return new SwapMove.Failed(
          swap, "EC2 has no capacity to start it", SwapMove.Failed.Root.NEW, true);
    }
    return back(failure);
  }

  private SwapMove back(String why) {
    return new Backward(seeing.with(swap.goingBack(why, seeing.now()))).next();
  }
}
