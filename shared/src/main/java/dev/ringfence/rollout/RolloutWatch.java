package dev.ringfence.rollout;

import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Watch;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RestorePointRule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a roll-out's beat looks at, phase by phase. */
final class RolloutWatch {
  private RolloutWatch() {}

  static Watch of(Operation<Rollout, Batch> operation, Instant now) {
    Rollout head = operation.head();
    return switch (head.phase()) {
      case RolloutPhase.Queued q -> quarantine(head, Watch.NOTHING.withLane(head.lane()));
      case RolloutPhase.Planning p -> planning(head);
      case RolloutPhase.Running running -> underWay(operation, running, now);
      case RolloutPhase.Holding holding -> underWay(operation, holding.resume(), now);
      case RolloutPhase.Halting h -> stopped(operation, now);
      case RolloutPhase.Aftercare a -> stopped(operation, now);
      case RolloutPhase.Ending e -> stopped(operation, now);
      case RolloutPhase.Halted h -> Watch.NOTHING;
      case RolloutPhase.Succeeded s -> Watch.NOTHING;
      case RolloutPhase.NeedsPerson n -> Watch.NOTHING;
      case RolloutPhase.Dropped d -> Watch.NOTHING;
    };
  }

  private static Watch quarantine(Rollout head, Watch watch) {
    return watch.withQuarantine(head.release().product());
  }

  private static Watch stopped(Operation<Rollout, Batch> operation, Instant now) {
    Watch everybody = machines(operation, true, now, Set.of(), Watch.NOTHING);
    return atRest(operation.parts(), everybody);
  }

  private static Watch planning(Rollout head) {
    return Watch.NOTHING.withLane(head.lane()).withFleet(head.selector()).withProofs();
  }

  private static Watch underWay(
      Operation<Rollout, Batch> operation, RolloutPhase.Running running, Instant now) {
    Rollout head = operation.head();
    Plan.Ring ring = head.planned().rings().get(running.ring());
    Watch gates =
        Watch.NOTHING.withGates(
            Set.copyOf(head.policy().alarms()), Set.copyOf(head.policy().calendars()));
    boolean settled = running.complete() != null;
    List<Batch> batches =
        operation.parts().subList(ring.firstBatch(), ring.firstBatch() + ring.batches());
    Set<String> next = new LinkedHashSet<>();
    Dispatching.next(batches).stream()
        .flatMap(batch -> batch.members().stream())
        .filter(member -> member.phase() instanceof MemberPhase.Secured)
        .forEach(member -> next.add(member.machine()));
    Watch seen = machines(operation, settled, now, next, gates);
    boolean unsent = batches.stream().anyMatch(batch -> isUnsent(head.policy(), batch));
    Watch points = restorePoints(head, batches, now, unsent ? quarantine(head, seen) : seen);
    return atRest(operation.parts(), points);
  }

  /**
   * What machines answer that are to hold still, and those that make their snapshots themselves.
   */
  private static Watch atRest(List<Batch> batches, Watch watch) {
    Set<String> commands = new LinkedHashSet<>(watch.commands());
    for (Batch batch : batches) {
      Thawing.commands(batch).forEach(commands::add);
      batch
          .members()
          .forEach(member -> {
            if (member.phase() instanceof MemberPhase.Securing securing
                && securing.quiet() instanceof Quiet.Shadowing shadowing
                && shadowing.order().commandId() != null) {
              commands.add(shadowing.order().commandId());
            }
          });
    }
    return watch.withMachines(watch.machines(), commands);
  }

  private static Watch restorePoints(Rollout head, List<Batch> ring, Instant now, Watch watch) {
    Set<String> pending = new LinkedHashSet<>();
    Set<String> volumes = new LinkedHashSet<>();
    ring.stream()
        .filter(batch -> batch.members().stream().anyMatch(RolloutWatch::unsecured))
        .limit(Tempo.LOOK_AHEAD)
        .flatMap(batch -> batch.members().stream())
        .forEach(member -> {
          if (member.phase() instanceof MemberPhase.Securing s && s.snapshot() != null) {
            pending.add(s.snapshot());
          } else if (member.phase() instanceof MemberPhase.Planned && member.rootVolume() != null) {
            volumes.add(member.rootVolume());
          }
        });
    aboutToBeSent(head.policy(), ring)
        .flatMap(member -> Stream.ofNullable(member.point()))
        .forEach(point -> pending.add(point.snapshot()));
    return switch (head.policy().restorePoint()) {
      case RestorePointRule.Fresh f -> watch.withRestorePoints(pending, Set.of(), now);
      case RestorePointRule.ReuseYoungerThan reuse ->
          watch.withRestorePoints(pending, volumes, now.minus(reuse.age()));
    };
  }

  /** Those of whom the last look is due, for a first try or another one. */
  private static Stream<Member> aboutToBeSent(ChannelPolicy policy, List<Batch> ring) {
    Stream<Member> first =
        Dispatching.next(ring).stream()
            .flatMap(batch -> batch.members().stream())
            .filter(member -> member.phase() instanceof MemberPhase.Secured);
    Stream<Member> again =
        ring.stream()
            .filter(batch -> !batch.isInFlight())
            .flatMap(batch -> batch.members().stream())
            .filter(member -> Dispatching.hasTriesLeft(policy, member));
    return Stream.concat(first, again);
  }

  /** Whether somebody of it is still to be sent the release, for the first time or again. */
  private static boolean isUnsent(ChannelPolicy policy, Batch batch) {
    return batch.members().stream()
        .anyMatch(member ->
            unsecured(member)
                || member.phase() instanceof MemberPhase.Secured
                || Dispatching.hasTriesLeft(policy, member));
  }

  private static boolean unsecured(Member member) {
    return member.phase() instanceof MemberPhase.Planned
        || member.phase() instanceof MemberPhase.Securing;
  }

  /**
   * Machines that are next and those in flight always; settled ones all when {@code everybody},
   * else in slices once they are many, so that each is seen about once a ping period.
   */
  private static Watch machines(
      Operation<Rollout, Batch> operation,
      boolean everybody,
      Instant now,
      Set<String> next,
      Watch watch) {
    List<Batch> batches = operation.parts();
    ChannelPolicy policy = operation.head().policy();
    long exposed = batches.stream().filter(Batch::isExposed).count();
    boolean sliced = !everybody && exposed * Batch.MACHINES_MAX > Tempo.LOOK_AT_ONCE;
    long minute = Duration.between(Instant.EPOCH, now).toMinutes();
    Set<String> ids = new LinkedHashSet<>(next);
    Set<String> commands = new LinkedHashSet<>();
    for (Batch batch : batches) {
      boolean inFlight = batch.isInFlight();
      if (inFlight) {
        addCommands(batch, commands);
      } else if (batch.members().stream().anyMatch(m -> Dispatching.hasTriesLeft(policy, m))) {
        // A retry waits for the end of what was sent before.
        addUpdates(batch, commands);
      }
      if (inFlight || !sliced || batch.number() % Tempo.LOOK_SLICES == minute % Tempo.LOOK_SLICES) {
        batch.members().stream()
            .filter(RolloutWatch::needsLook)
            .forEach(member -> ids.add(member.machine()));
      }
    }
    return watch.withMachines(ids, commands);
  }

  private static void addUpdates(Batch batch, Set<String> commands) {
    batch.commands().flatMap(s -> Stream.ofNullable(s.commandId())).forEach(commands::add);
  }

  private static void addCommands(Batch batch, Set<String> commands) {
    addUpdates(batch, commands);
    Sending probe = batch.probe();
    if (probe != null && probe.commandId() != null) {
      commands.add(probe.commandId());
    }
  }

  /** Whether it has the update and nobody has said the last word on it. */
  static boolean needsLook(Member member) {
    return member.phase() instanceof MemberPhase.Dispatched
        || member.phase() instanceof MemberPhase.Proven
        || member.phase() instanceof MemberPhase.Undelivered;
  }
}
