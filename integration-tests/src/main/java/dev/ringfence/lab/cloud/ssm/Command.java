package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One SendCommand and what became of it on each machine. */
final class Command {
  /**
   * What was asked for.
   *
   * @param delivery how long an agent may take to pick it up
   * @param execution how long the document may run after that
   * @param maxErrors failures that are still tolerated
   */
  record Order(
      String id,
      Documents.Version document,
      Map<String, List<String>> parameters,
      String comment,
      Instant requestedAt,
      Duration delivery,
      Duration execution,
      String maxConcurrency,
      String maxErrors) {
    /** The instant from which nobody waits for an answer any more. */
    Instant expiresAfter() {
      return requestedAt.plus(delivery).plus(execution);
    }

    @Nullable String parameter(String name) {
      String builtIn = document.builtIn().get(name);
      if (builtIn != null) {
        return builtIn;
      }
      List<String> values = parameters.get(name);
      return values == null || values.isEmpty() ? null : values.getFirst();
    }
  }

  final Order order;
  final Map<String, Invocation> invocations = new LinkedHashMap<>();
  final List<Invocation> inOrder;
  final int concurrencyLimit;
  final int errorLimit;
  int nextToDispatch;

  /** How many may be on their way at once, by what has been acknowledged so far. */
  int ramp = 1;

  boolean cancelled;

  Command(Order order, List<Machine> machines) {
    this.order = order;
    machines.forEach(machine -> invocations.put(machine.id(), new Invocation(this, machine)));
    this.inOrder = List.copyOf(invocations.values());
    this.concurrencyLimit = Math.max(1, limit(order.maxConcurrency(), machines.size()));
    this.errorLimit = limit(order.maxErrors(), machines.size());
  }

  long count(Invocation.Stage... stages) {
    List<Invocation.Stage> wanted = List.of(stages);
    return inOrder.stream().filter(invocation -> wanted.contains(invocation.stage)).count();
  }

  long onTheirWay() {
    return count(Invocation.Stage.PENDING);
  }

  long open() {
    return count(Invocation.Stage.PENDING, Invocation.Stage.RUNNING);
  }

  long errors() {
    return count(Invocation.Stage.FAILED);
  }

  long completed() {
    return inOrder.stream().filter(invocation -> invocation.stage.isFinal()).count();
  }

  String status() {
    return state().status();
  }

  String statusDetails() {
    return state().details();
  }

  private record State(String status, String details) {}

  /**
   * The parent's status by the Run Command guide's table: failures beyond MaxErrors make it Failed,
   * time-outs of delivery only Incomplete unless they are all there is.
   */
  private State state() {
    if (completed() < inOrder.size()) {
      if (cancelled) {
        return new State("Cancelling", "Cancelling");
      }
      boolean begun = inOrder.stream().anyMatch(i -> i.acknowledged || i.stage.isFinal());
      return begun ? new State("InProgress", "In Progress") : new State("Pending", "Pending");
    }
    if (cancelled) {
      return new State("Cancelled", "Cancelled");
    }
    if (errors() > errorLimit) {
      return new State("Failed", "Failed");
    }
    if (count(Invocation.Stage.SUCCESS) == inOrder.size()) {
      return new State("Success", "Success");
    }
    if (count(Invocation.Stage.DELIVERY_TIMED_OUT) == inOrder.size()) {
      return new State("TimedOut", "Delivery Timed Out");
    }
    return new State("Failed", "Incomplete");
  }

  /** A number, or a percentage of the targets, rounded down. */
  private static int limit(String text, int targets) {
    return text.endsWith("%")
        ? targets * Integer.parseInt(text, 0, text.length() - 1, 10) / 100
        : Integer.parseInt(text);
  }
}
