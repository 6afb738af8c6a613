package dev.ringfence.lab.judge;

import dev.ringfence.operation.Operation;
import dev.ringfence.release.Release;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** After the halting decision nobody gets the release any more. */
final class HaltForGood implements Promises.Promise {
  /**
   * From picking a command up to running what it brought: an install of up to 40 seconds, ten until
   * the reboot, four minutes of boot and some seconds of delivery.
   */
  private static final Duration INSTALL_AND_BOOT = Duration.ofMinutes(6);

  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    Map<String, Command> commands = commands(run);
    Set<String> called = new HashSet<>();
    run.file().all(Observed.Cancelled.class).forEach(cancelled -> called.add(cancelled.command()));
    int halts = 0;
    for (Operation<Rollout, Batch> rollout : run.rollouts()) {
      Observed.Written halt = run.halt(rollout.head()).orElse(null);
      if (halt != null) {
        halts++;
        new OneHalt(run, rollout.head(), halt, breaches).judge(commands, called);
      }
    }
    return Verdict.of(
        4, "a halt is at once and for good", breaches, halts + " halts, nothing sent afterwards");
  }

  private record OneHalt(Run run, Rollout rollout, Observed.Written halt, List<String> breaches) {
    void judge(Map<String, Command> commands, Set<String> called) {
      Release release = rollout.release();
      Instant latest = halt.at();
      Set<String> inFlight = inFlight();
      for (Observed.Sent sent : run.updates(rollout)) {
        if (sent.begun() > halt.order()) {
          breaches.add(sent.key() + " was sent at " + sent.at() + " after the halt");
        }
        latest = sent.at().isAfter(latest) ? sent.at() : latest;
        Command command = commands.get(sent.key());
        boolean wasOut = sent.machines().stream().anyMatch(inFlight::contains);
        if (wasOut && (command == null || !called.contains(command.commandId()))) {
          breaches.add(sent.key() + " was in flight at the halt and was not called back");
        }
      }
      if (!run.store().lane(rollout.lane()).quarantined().containsKey(release.version())) {
        breaches.add(release.version() + " was halted and is not quarantined");
      }
      Instant end = latest.plus(rollout.policy().deliveryTimeout()).plus(INSTALL_AND_BOOT);
      run.cloud()
          .truth()
          .loaded(release.product(), release.version())
          .forEach((machine, at) -> {
            if (at.isAfter(end)) {
              breaches.add(machine + " loaded it at " + at + ", long after the halt " + halt.at());
            }
          });
    }

    /** Machines whose last phase before the halt was in flight, or became so in the halt itself. */
    private Set<String> inFlight() {
      Map<String, MemberPhase> phases = new HashMap<>();
      run.writes(rollout.id())
          .filter(write -> write.order() <= halt.order())
          .flatMap(write -> write.moves().stream())
          .forEach(move -> phases.put(move.member().machine(), move.to()));
      Set<String> inFlight = new HashSet<>();
      phases.forEach((machine, phase) -> {
        if (phase instanceof MemberPhase.Dispatched) {
          inFlight.add(machine);
        }
      });
      return inFlight;
    }
  }

  /** Every command that Systems Manager has, by its key. */
  private static Map<String, Command> commands(Run run) {
    var list = run.cloud().services().find("ssm", "ListCommands").orElseThrow().answer();
    Map<String, Command> commands = new HashMap<>();
    String token = null;
    do {
      var page =
          (ListCommandsResponse) list.apply(ListCommandsRequest.builder().nextToken(token).build());
      page.commands().forEach(command -> commands.put(command.comment(), command));
      token = page.nextToken();
    } while (token != null);
    return commands;
  }
}
