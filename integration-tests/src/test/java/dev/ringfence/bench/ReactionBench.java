package dev.ringfence.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * From an event to the first call that changes something, beside a script that makes the same kinds
 * of calls and nothing else.
 */
final class ReactionBench {
  private static final int MACHINES = 1_000;
  private static final int WARM_UPS = 1;
  private static final int REPEATS = 5;
  private static final String SEND = "ssm.SendCommand";
  private static final String CANCEL = "ssm.CancelCommand";

  /** After so many commands the pilot and the canary are over and a wave is under way. */
  private static final int COMMANDS_BEFORE_ALARM = 4;

  /** A new command is listed a second late, and no machine is done with an install in five. */
  private static final Duration LISTED_AFTER = Duration.ofSeconds(3);

  private ReactionBench() {}

  /** One measurement: calls by operation and real time until the awaited call. */
  private record Reaction(SortedMap<String, Long> calls, double millis) {
    static Reaction of(FirstCall first) {
      if (!first.seen()) {
        throw new IllegalStateException("what was waited for never happened");
      }
      return new Reaction(first.calls(), first.millis());
    }

    long total() {
      return calls.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private interface Measured {
    Reaction once() throws IOException;
  }

  /** Counts install commands and remembers how many machines the first one went to. */
  private static final class Installs implements WireTap {
    private int commands;
    private int first;

    @Override
    public void before(WireCall call) {
      call.request(SendCommandRequest.class)
          .filter(sent -> sent.documentName().equals(Documents.INSTALL))
          .ifPresent(sent -> {
            commands++;
            first = first == 0 ? sent.instanceIds().size() : first;
          });
    }
  }

  static void print(PrintStream out) throws IOException {
    Installs installs = new Installs();
    List<Reaction> plane = repeated(() -> release(installs));
    List<Reaction> bare = repeated(() -> bareRelease(installs.first));
    print(
        out,
        "2a. Release event to first SendCommand, " + installs.first + " machines in it",
        plane,
        bare);
    print(
        out,
        "2b. Alarm event to first CancelCommand",
        repeated(ReactionBench::alarm),
        repeated(ReactionBench::bareAlarm));
  }

  private static List<Reaction> repeated(Measured measured) throws IOException {
    for (int i = 0; i < WARM_UPS; i++) {
      measured.once();
    }
    List<Reaction> reactions = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      reactions.add(measured.once());
    }
    return reactions;
  }

  private static Reaction release(Installs installs) throws IOException {
    try (Lab lab = Ground.open(MACHINES, beat -> {})) {
      lab.wire().tap(installs);
      String event = Ground.event(lab);
      FirstCall first = watch(lab, SEND);
      Ground.publish(lab, event);
      stepUntil(lab, first);
      return Reaction.of(first);
    }
  }

  private static Reaction bareRelease(int pilot) throws IOException {
    try (Lab lab = Ground.open(MACHINES, beat -> {})) {
      BareScript script = new BareScript(lab);
      FirstCall first = watch(lab, SEND);
      script.release(pilot);
      return Reaction.of(first);
    }
  }

  private static Reaction alarm() throws IOException {
    try (Lab lab = underWay()) {
      FirstCall first = watch(lab, CANCEL);
      lab.plane().alarmChanged(alarmEvent(lab));
      stepUntil(lab, first);
      return Reaction.of(first);
    }
  }

  private static Reaction bareAlarm() throws IOException {
    try (Lab lab = underWay()) {
      BareScript script = new BareScript(lab);
      FirstCall first = watch(lab, CANCEL);
      script.alarm();
      return Reaction.of(first);
    }
  }

  private static FirstCall watch(Lab lab, String operation) {
    FirstCall first = new FirstCall(operation, lab.calls());
    lab.wire().tap(first);
    return first;
  }

  private static void stepUntil(Lab lab, FirstCall first) {
    while (!first.seen() && lab.clock().step()) {
      // Each step is one thing that happens.
    }
  }

  /** A lab whose roll-out has just sent a command of a wave. */
  private static Lab underWay() throws IOException {
    Lab lab = Ground.open(MACHINES, beat -> {});
    Installs installs = new Installs();
    lab.wire().tap(installs);
    Ground.publish(lab, Ground.event(lab));
    while (installs.commands < COMMANDS_BEFORE_ALARM && lab.clock().step()) {
      // Each step is one thing that happens.
    }
    lab.clock().runUntil(lab.clock().instant().plus(LISTED_AFTER));
    return lab;
  }

  private static String alarmEvent(Lab lab) {
    String now = lab.clock().instant().toString();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", "bench-alarm");
    event.put("detail-type", "CloudWatch Alarm State Change");
    event.put("source", "aws.cloudwatch");
    event.put("account", Account.ID);
    event.put("time", now);
    event.put("region", Account.REGION);
    event.putArray("resources").add(Account.arn("cloudwatch", "alarm:" + Ground.ALARM));
    ObjectNode detail = event.putObject("detail");
    detail.put("alarmName", Ground.ALARM);
    ObjectNode state = detail.putObject("state");
    state.put("value", "ALARM");
    state.put("reason", "Threshold Crossed");
    state.put("timestamp", now);
    detail.putObject("previousState").put("value", "OK").put("timestamp", now);
    return event.toString();
  }

  private static void print(
      PrintStream out, String title, List<Reaction> plane, List<Reaction> bare) {
    double planeMillis = Samples.median(plane.stream().map(Reaction::millis).toList());
    double bareMillis = Samples.median(bare.stream().map(Reaction::millis).toList());
    out.printf(
        Locale.ROOT,
        "%n%s, a fleet of %,d; median of %d after %d%n",
        title,
        MACHINES,
        REPEATS,
        WARM_UPS);
    out.printf(Locale.ROOT, "  %-36s %10s %10s %8s%n", "", "Ringfence", "bare", "ratio");
    line(out, "real ms", planeMillis, bareMillis);
    line(out, "calls", (double) plane.getLast().total(), (double) bare.getLast().total());
    SortedMap<String, Long> planes = plane.getLast().calls();
    SortedMap<String, Long> bares = bare.getLast().calls();
    Set<String> operations = new TreeSet<>(planes.keySet());
    operations.addAll(bares.keySet());
    for (String operation : operations) {
      out.printf(
          Locale.ROOT,
          "    %-34s %10d %10d%n",
          operation,
          planes.getOrDefault(operation, 0L),
          bares.getOrDefault(operation, 0L));
    }
  }

  private static void line(PrintStream out, String what, double plane, double bare) {
    out.printf(Locale.ROOT, "  %-36s %10.1f %10.1f %8.1f%n", what, plane, bare, plane / bare);
  }
}
