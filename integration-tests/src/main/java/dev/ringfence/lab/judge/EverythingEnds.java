package dev.ringfence.lab.judge;

import java.util.ArrayList;
import java.util.List;

/** By the time of the judgement every operation is final. */
final class EverythingEnds implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    run.rollouts().stream()
        .filter(rollout -> !rollout.head().isFinal())
        .forEach(
            rollout -> breaches.add(rollout.head().id() + " is still " + rollout.head().phase()));
    run.restores().stream()
        .filter(restore -> !restore.head().isFinal())
        .forEach(restore ->
            breaches.add(restore.head().id() + " is still " + restore.head().phaseName()));
    return Verdict.of(
        6, "everything ends", breaches, run.created().size() + " operations, all ended");
  }
}
