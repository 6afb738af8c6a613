package dev.ringfence.simulation;

import dev.ringfence.drill.DrillCourse;
import dev.ringfence.engine.Store;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.judge.CaseFile;
import dev.ringfence.lab.judge.Promises;
import dev.ringfence.lab.judge.Verdict;
import dev.ringfence.lab.plane.ControlPlane;
import dev.ringfence.lab.plane.LabAlarms;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.plane.LabKey;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.LoopClocks.FunctionDied;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.CallMeter;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.operation.Head;
import dev.ringfence.release.Release;
import dev.ringfence.release.Version;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells one story from its first event until everything has ended, and has it judged. */
final class Simulation {
  /** By then every operation must have ended: the slowest plan of the smallest steps takes days. */
  private static final Duration BOUND = Duration.ofDays(8);

  /** By then the last event of a release has come. */
  private static final Duration LAST_EVENT = Duration.ofHours(21);

  /** How often it is looked whether all is over. */
  private static final Duration LOOK = Duration.ofMinutes(10);

  /** How long the world goes on after the last operation has ended. */
  private static final Duration AFTERWARDS = Duration.ofHours(1);

  /** Lambda tries an asynchronous invocation twice more. */
  private static final int RETRIES = 2;

  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

  /**
   * A release whose event could not be taken in lies in the dead-letter queue until a person sends
   * it again. It may have been stored and its clock not started: nothing else would ever start it.
   */
  private static final Duration REDRIVE_AFTER = Duration.ofHours(2);

  private final Scenario scenario;
  private final VirtualClock clock;
  private final SimulatedCloud cloud;
  private final CallMeter meter = new CallMeter();
  private final CaseFile file;
  private final Mishaps mishaps;
  private final MemoryStore store;
  private final ControlPlane plane;
  private final LabClients clients;
  private final Incidents incidents;
  private final Dice dice;
  private int deadLetters;

  /** What came of it. */
  record Told(
      Scenario scenario,
      List<Verdict> verdicts,
      Map<String, Integer> ends,
      Map<String, Integer> mishaps,
      long calls,
      Duration took,
      String journals) {
    boolean held() {
      return verdicts.stream().allMatch(Verdict::held);
    }
  }

  Simulation(long seed) {
    this.scenario = Scenario.draw(seed);
    this.clock = new VirtualClock(scenario.fleet().start());
    Services services = new Services();
    this.cloud = new SimulatedCloud(scenario.fleet(), clock, services);
    this.file = new CaseFile(cloud);
    this.dice = scenario.dice().split();
    this.mishaps = new Mishaps(dice.split(), scenario.trouble(), clock);
    this.clients = LabClients.over(new Wire(services).tap(file).tap(meter).tap(mishaps));
    this.store = new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));
    Store seen = new UnreliableStore(file.recording(store), mishaps);
    this.plane = new ControlPlane(clients, seen, clock, beat -> {});
    this.incidents = new Incidents(scenario, cloud);
  }

  Told tell() {
    prepare();
    mishaps.begin();
    runUntil(clock.instant().plus(LAST_EVENT));
    runUntilAllEnded();
    mishaps.end();
    republish();
    runUntil(clock.instant().plus(AFTERWARDS));
    runUntilAllEnded();
    List<Verdict> verdicts = Promises.judge(cloud, store, file);
    Map<String, Integer> ends = new TreeMap<>();
    heads().forEach(head -> ends.merge(head.kind() + " " + head.phaseName(), 1, Integer::sum));
    Duration took = Duration.between(scenario.fleet().start(), clock.instant());
    return new Told(scenario, verdicts, ends, mishaps.happened(), meter.total(), took, journals());
  }

  private void runUntilAllEnded() {
    Instant bound = clock.instant().plus(BOUND);
    while (clock.instant().isBefore(bound) && !heads().stream().allMatch(Head::isFinal)) {
      runUntil(clock.instant().plus(LOOK));
    }
  }

  private void prepare() {
    LabPolicies.register(
        plane.store(),
        LabPolicies.with(
            LabPolicies.of(scenario.fleet().product()), scenario.channel(), scenario.rules()));
    scenario
        .alarmsMade()
        .forEach(name ->
            LabAlarms.machinesFailing(
                clients.cloudWatch(), name, scenario.fleet().product(), dice.between(1, 6)));
    cloud.onEvent(this::alarm);
    incidents.draw();
    for (Scenario.Published published : scenario.releases()) {
      cloud
          .catalog()
          .publish(scenario.fleet().product(), published.version(), published.behaviour());
      Instant at = clock.instant().plus(published.after());
      for (int i = 0; i < published.deliveries(); i++) {
        Duration late = i == 0 || dice.chance(0.5) ? Duration.ZERO : dice.minutes(0, 600);
        clock.at(at.plus(late), () -> deliver(event(published, LabKey.publisher()), 0));
      }
      badEvents(published, at);
    }
  }

  /** What must be refused: garbage, a stranger's signature, the same version with other content. */
  private void badEvents(Scenario.Published published, Instant at) {
    if (dice.chance(0.2)) {
      clock.at(at, () -> deliver(event(published, LabKey.stranger()), 0));
      clock.at(at.plus(dice.minutes(0, 60)), () -> deliver("{\"detail\":{}}", 0));
      String broken = event(published, null).replace("\"manifest\"", "\"manifesto\"");
      clock.at(at, () -> deliver(broken, 0));
    }
  }

  private String event(
      Scenario.Published published, @org.jspecify.annotations.Nullable LabKey key) {
    Release release =
        ReleaseEvents.release(
            cloud,
            scenario.fleet().product(),
            published.version(),
            scenario.channel(),
            published.reboots(),
            published.withdrawable(),
            null);
    return ReleaseEvents.event(release, key, clock.instant());
  }

  private void deliver(String event, int attempt) {
    mishaps.freshFunction();
    try {
      file.publish(plane::publish, event);
    } catch (RuntimeException | FunctionDied broken) {
      if (attempt < RETRIES) {
        clock.after(RETRY_AFTER, () -> deliver(event, attempt + 1));
      } else {
        deadLetters++;
        clock.after(REDRIVE_AFTER, () -> deliver(event, 0));
      }
    }
  }

  /** Alarm events are best effort: lost, doubled, late. */
  private void alarm(String event) {
    if (dice.chance(0.1)) {
      return;
    }
    Duration late = dice.chance(0.2) ? dice.minutes(0, 30) : Duration.ZERO;
    clock.after(late, () -> alarm(event, 0));
    if (dice.chance(0.2)) {
      clock.after(late.plus(dice.seconds(0, 600)), () -> alarm(event, 0));
    }
  }

  private void alarm(String event, int attempt) {
    try {
      plane.alarmChanged(event);
    } catch (RuntimeException | FunctionDied broken) {
      if (attempt < RETRIES) {
        clock.after(RETRY_AFTER, () -> alarm(event, attempt + 1));
      }
    }
  }

  private void runUntil(Instant end) {
    Instant reached = clock.instant();
    while (reached.isBefore(end)) {
      mishaps.freshFunction();
      Instant next = reached.plus(Duration.ofMinutes(1));
      clock.runUntil(next.isBefore(end) ? next : end);
      reached = clock.instant();
    }
  }

  /** Whatever was halted, a late event of it starts nothing. */
  private void republish() {
    for (Scenario.Published published : scenario.releases()) {
      deliver(event(published, LabKey.publisher()), 0);
    }
  }

  private List<Head> heads() {
    List<Head> heads = new ArrayList<>();
    for (Head head : file.created()) {
      heads.add(
          switch (head.kind()) {
            case ROLLOUT -> store.load(RolloutCourse.FORM, head.id()).orElseThrow().head();
            case RESTORE -> store.load(RestoreCourse.FORM, head.id()).orElseThrow().head();
            case DRILL -> store.load(DrillCourse.FORM, head.id()).orElseThrow().head();
          });
    }
    return heads;
  }

  private String journals() {
    StringBuilder text = new StringBuilder();
    text.append("incidents ").append(incidents.drawn()).append('\n');
    text.append(deadLetters).append(" dead letters, ");
    text.append("mishaps ").append(mishaps.happened()).append('\n');
    for (Head head : heads()) {
      text.append(head.id()).append(' ').append(head.phaseName()).append('\n');
      store
          .journal(head.id())
          .forEach(line ->
              text.append("  ")
                  .append(line.at())
                  .append(' ')
                  .append(line.what())
                  .append(" | ")
                  .append(line.evidence())
                  .append('\n'));
    }
    return text.toString();
  }
}
