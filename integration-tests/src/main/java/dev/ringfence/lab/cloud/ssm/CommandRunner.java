package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Reach;
import dev.ringfence.lab.cloud.machine.Witness;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries commands to agents and answers back. An agent that is not heard gets nothing until it is
 * heard again; a machine that dies while it runs a document never answers, and Systems Manager
 * notices that only when all time-outs have passed.
 */
final class CommandRunner {
  /** An agent picks a command up within seconds. */
  private static final Duration DELIVERY_LEAST = Duration.ofSeconds(1);

  private static final Duration DELIVERY_MOST = Duration.ofSeconds(5);

  /**
   * How long the ramp-up waits for one acknowledgement before it goes on without it. AWS documents
   * the waiting but not its end; without an end one dead machine would hold up all others.
   */
  private static final Duration RAMP_PATIENCE = Duration.ofSeconds(15);

  /** An installer that wants a reboot gives the agent a moment to report. */
  private static final Duration REBOOT_LEAST = Duration.ofSeconds(3);

  private static final Duration REBOOT_MOST = Duration.ofSeconds(10);

  private final VirtualClock clock;
  private final Chance chance;
  private final Life life;
  private final Witness witness;
  private final Work work;
  private final Map<String, List<Invocation>> openByMachine = new HashMap<>();

  CommandRunner(
      VirtualClock clock, Chance chance, Life life, Reach reach, Witness witness, Work work) {
    this.clock = clock;
    this.chance = chance;
    this.life = life;
    this.witness = witness;
    this.work = work;
    reach.onListening(this::listensAgain);
  }

  void begin(Command command) {
    Command.Order order = command.order;
    clock.at(order.requestedAt().plus(order.delivery()), () -> expire(command, false));
    clock.at(order.expiresAfter(), () -> expire(command, true));
    pump(command);
  }

  /** What has not been picked up is cancelled; what runs, finishes. */
  void cancel(Command command, List<Invocation> which) {
    command.cancelled = true;
    for (Invocation invocation : which) {
      if (invocation.stage == Invocation.Stage.WAITING
          || invocation.stage == Invocation.Stage.PENDING) {
        close(invocation, Invocation.Stage.CANCELLED);
      }
    }
  }

  private void pump(Command command) {
    while (command.nextToDispatch < command.inOrder.size()
        && command.onTheirWay() < command.ramp
        && command.open() < command.concurrencyLimit) {
      Invocation next = command.inOrder.get(command.nextToDispatch++);
      if (next.stage == Invocation.Stage.WAITING) {
        dispatch(next);
      }
    }
  }

  private void dispatch(Invocation invocation) {
    invocation.stage = Invocation.Stage.PENDING;
    openByMachine
        .computeIfAbsent(invocation.machine.id(), id -> new ArrayList<>(2))
        .add(invocation);
    if (invocation.machine.agent().isListening()) {
      deliver(invocation);
    }
    clock.after(
        RAMP_PATIENCE,
        () -> {
          if (invocation.stage == Invocation.Stage.PENDING) {
            widen(invocation.command);
          }
        });
  }

  private void widen(Command command) {
    command.ramp++;
    pump(command);
  }

  private void deliver(Invocation invocation) {
    Duration takes =
        chance.between(
            "deliver " + invocation.command.order.id(),
            invocation.machine.id(),
            invocation.machine.epoch(),
            DELIVERY_LEAST,
            DELIVERY_MOST);
    clock.after(takes, () -> acknowledge(invocation));
  }

  private void acknowledge(Invocation invocation) {
    if (invocation.stage != Invocation.Stage.PENDING || !invocation.machine.agent().isListening()) {
      return;
    }
    invocation.stage = Invocation.Stage.RUNNING;
    invocation.acknowledged = true;
    invocation.startedAt = clock.instant();
    if (installs(invocation)) {
      witness.takesOff(invocation.machine);
    }
    int epoch = invocation.machine.epoch();
    clock.after(work.duration(invocation), () -> finish(invocation, epoch));
    widen(invocation.command);
  }

  private void finish(Invocation invocation, int epoch) {
    Machine machine = invocation.machine;
    if (machine.epoch() != epoch) {
      return;
    }
    if (!machine.agent().isRunning()) {
      witness.landed(machine);
      return;
    }
    Invocation.Outcome outcome = work.perform(invocation);
    invocation.outcome = outcome;
    invocation.finishedAt = clock.instant();
    if (machine.agent().isListening()) {
      report(invocation, outcome);
    }
    if (outcome.reboots()) {
      rebootSoon(invocation, epoch);
    } else if (installs(invocation)) {
      witness.landed(machine);
    }
  }

  private void rebootSoon(Invocation invocation, int epoch) {
    Machine machine = invocation.machine;
    Duration wait =
        chance.between(
            "reboot " + invocation.command.order.id(), machine.id(), 0, REBOOT_LEAST, REBOOT_MOST);
    clock.after(
        wait,
        () -> {
          if (machine.epoch() == epoch) {
            life.boot(machine);
          }
        });
  }

  private void listensAgain(Machine machine) {
    for (Invocation invocation : List.copyOf(openByMachine.getOrDefault(machine.id(), List.of()))) {
      if (invocation.stage == Invocation.Stage.PENDING) {
        deliver(invocation);
      } else if (invocation.outcome != null) {
        report(invocation, invocation.outcome);
      }
    }
  }

  private void report(Invocation invocation, Invocation.Outcome outcome) {
    if (invocation.stage == Invocation.Stage.RUNNING) {
      close(invocation, outcome.code() == 0 ? Invocation.Stage.SUCCESS : Invocation.Stage.FAILED);
    }
  }

  private void expire(Command command, boolean alsoRunning) {
    for (Invocation invocation : command.inOrder) {
      boolean running = invocation.stage == Invocation.Stage.RUNNING;
      if (!invocation.stage.isFinal() && (alsoRunning || !running)) {
        close(invocation, Invocation.Stage.DELIVERY_TIMED_OUT);
      }
    }
  }

  private void close(Invocation invocation, Invocation.Stage stage) {
    invocation.stage = stage;
    List<Invocation> open = openByMachine.get(invocation.machine.id());
    if (open != null) {
      open.remove(invocation);
      if (open.isEmpty()) {
        openByMachine.remove(invocation.machine.id());
      }
    }
    Command command = invocation.command;
    if (command.errors() > command.errorLimit) {
      terminateWaiting(command);
    }
    pump(command);
  }

  private static void terminateWaiting(Command command) {
    for (Invocation invocation : command.inOrder) {
      if (invocation.stage == Invocation.Stage.WAITING) {
        invocation.stage = Invocation.Stage.TERMINATED;
      }
    }
  }

  private static boolean installs(Invocation invocation) {
    return invocation.command.order.document().action() == Documents.Action.INSTALL;
  }
}
