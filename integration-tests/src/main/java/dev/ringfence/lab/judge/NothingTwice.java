package dev.ringfence.lab.judge;

import dev.ringfence.operation.Operation;
import dev.ringfence.release.Release;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One key, one effect; one release, one roll-out. */
final class NothingTwice implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    Map<String, Integer> keys = new TreeMap<>();
    run.file()
        .all(Observed.Sent.class)
        .forEach(sent -> keys.merge("command " + sent.key(), 1, Integer::sum));
    run.file()
        .all(Observed.Secured.class)
        .forEach(secured -> keys.merge("snapshots " + secured.key(), 1, Integer::sum));
    keys.forEach((key, times) -> {
      if (times > 1) {
        breaches.add(key + " took effect " + times + " times");
      }
    });
    rollouts(run, breaches);
    roots(run, breaches);
    return Verdict.of(5, "nothing twice", breaches, keys.size() + " effects, each once");
  }

  private static void rollouts(Run run, List<String> breaches) {
    Set<Release> released = new HashSet<>();
    for (Operation<Rollout, Batch> operation : run.rollouts()) {
      Rollout rollout = operation.head();
      if (!released.add(rollout.release())) {
        breaches.add("a second roll-out of " + rollout.release().version());
      }
      int sendings = 1 + rollout.policy().deliveryRetries();
      Map<String, Integer> sent = new TreeMap<>();
      run.updates(rollout).stream()
          .flatMap(command -> command.machines().stream())
          .forEach(machine -> sent.merge(machine, 1, Integer::sum));
      sent.forEach((machine, times) -> {
        Release release = rollout.release();
        int installs = run.cloud().truth().installs(machine, release.product(), release.version());
        // What a replaced root took with it is gone: to install it anew repeats nothing.
        int once = 1 + run.cloud().truth().rootReplacements(machine);
        if (times > sendings || installs > once) {
          breaches.add(
              machine
                  + " was sent "
                  + release.version()
                  + " "
                  + times
                  + " times and installed it "
                  + installs
                  + " times");
        }
      });
    }
  }

  /** A machine's root is replaced once for each restore point that a restore of it tried. */
  private static void roots(Run run, List<String> breaches) {
    Map<String, Integer> tried = new TreeMap<>();
    run.restores().stream()
        .flatMap(restore -> restore.parts().stream())
        .flatMap(ward -> ward.patients().stream())
        .forEach(
            patient -> tried.merge(patient.machine(), 1 + patient.failed().size(), Integer::sum));
    run.cloud()
        .fleet()
        .instances()
        .forEach(machine -> {
          int replaced = run.cloud().truth().rootReplacements(machine.id());
          if (replaced > tried.getOrDefault(machine.id(), 0)) {
            breaches.add(machine.id() + "'s root was replaced " + replaced + " times");
          }
        });
  }
}
