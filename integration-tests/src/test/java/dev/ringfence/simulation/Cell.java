package dev.ringfence.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringfence.engine.ReleaseIntake.Answer;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.judge.CaseFile;
import dev.ringfence.lab.judge.Promises;
import dev.ringfence.lab.plane.ControlPlane;
import dev.ringfence.lab.plane.LabAlarms;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.CallMeter;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Proof;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Version;
import dev.ringfence.rollout.Rollout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** One cell on a small fleet, for stories that are told by name. */
final class Cell {
  static final String PRODUCT = "falcon";
  static final String OLD = "7.15.0";
  static final String NEW = "7.15.1";
  static final String ALARM = "machines-failing";
  private static final int MACHINES = 20;
  private static final long SEED = 7;

  /** Longer than any of these stories. */
  private static final Duration BOUND = Duration.ofDays(2);

  final VirtualClock clock;
  final SimulatedCloud cloud;
  final CaseFile file;
  final CallMeter meter = new CallMeter();
  final LabClients clients;
  final MemoryStore store =
      new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));
  final ControlPlane plane;
  private final Wire wire;

  private Cell(int machines, UnaryOperator<ChannelPolicy> rules) {
    FleetSpec spec = FleetSpec.of(machines, SEED).withHybridShare(0);
    clock = new VirtualClock(spec.start());
    Services services = new Services();
    cloud = new SimulatedCloud(spec, clock, services);
    file = new CaseFile(cloud);
    wire = new Wire(services).tap(file).tap(meter);
    clients = LabClients.over(wire);
    plane = new ControlPlane(clients, file.recording(store), clock, beat -> {});
    cloud.onEvent(plane::alarmChanged);
    ChannelPolicy content = rules.apply(ChannelPolicy.defaults(Channel.CONTENT));
    LabPolicies.register(
        plane.store(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, content));
  }

  static Cell of(UnaryOperator<ChannelPolicy> rules) {
    return new Cell(MACHINES, rules);
  }

  static Cell of(int machines, UnaryOperator<ChannelPolicy> rules) {
    return new Cell(machines, rules);
  }

  static Cell usual() {
    return of(rules -> rules);
  }

  /** A cell whose policy names the alarm, which is there. */
  static Cell withAlarm() {
    return withAlarm(MACHINES, rules -> rules);
  }

  /** The same with another fleet and other rules. */
  static Cell withAlarm(int machines, UnaryOperator<ChannelPolicy> others) {
    Cell cell = of(machines, rules -> others.apply(rules.with(Proof.ALARMS, List.of(ALARM))));
    LabAlarms.machinesFailing(cell.clients.cloudWatch(), ALARM, PRODUCT, 1);
    cell.run(Duration.ofMinutes(3));
    return cell;
  }

  /** Publishes the new version and lets its roll-out begin. */
  String publish(Behaviour behaviour) {
    cloud.catalog().publish(PRODUCT, NEW, behaviour);
    return assertInstanceOf(Answer.Started.class, publishAgain()).id();
  }

  Answer publishAgain() {
    return file.publish(plane::publish, event());
  }

  String event() {
    return ReleaseEvents.published(cloud, PRODUCT, NEW, Channel.CONTENT, clock);
  }

  void run(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  Rollout rollout(String id) {
    return plane.rollout(id).head();
  }

  /** Runs until a roll-out and its restores are final, and an hour more. */
  Rollout end(String id) {
    Instant bound = clock.instant().plus(BOUND);
    while (!isOver(id) && clock.instant().isBefore(bound)) {
      run(Duration.ofMinutes(1));
    }
    run(Duration.ofHours(1));
    return rollout(id);
  }

  private boolean isOver(String id) {
    Rollout rollout = rollout(id);
    return rollout.isFinal()
        && rollout.orders().stream()
            .allMatch(order -> plane.restore(order.restore()).head().isFinal());
  }

  long updatesSent() {
    return updates[0];
  }

  private final long[] updates = {0};

  /** Counts the commands that take effect and install something. */
  Cell countingUpdates() {
    wire.tap(
        new WireTap() {
          @Override
          public void after(WireCall call) {
            updates[0] += isUpdate(call) ? 1 : 0;
          }
        });
    return this;
  }

  /** Something that happens at a call. */
  interface Twist {
    void happen() throws IOException;
  }

  /** Lets something happen once, just before the first update is sent. */
  void beforeFirstUpdate(Twist twist) {
    beforeUpdate(all -> true, twist);
  }

  /** Lets something happen once, just before the first update to such machines is sent. */
  void beforeUpdate(Predicate<List<String>> machines, Twist twist) {
    wire.tap(
        new WireTap() {
          private boolean happened;

          @Override
          public void before(WireCall call) throws IOException {
            if (isUpdate(call) && !happened && machines.test(machinesOf(call))) {
              happened = true;
              twist.happen();
            }
          }
        });
  }

  private static List<String> machinesOf(WireCall call) {
    return call.request(SendCommandRequest.class).orElseThrow().instanceIds();
  }

  /** Lets something happen once, after the first update took effect and before we hear of it. */
  void afterFirstUpdate(Twist twist) {
    wire.tap(
        new WireTap() {
          private boolean happened;

          @Override
          public void after(WireCall call) throws IOException {
            if (isUpdate(call) && !happened) {
              happened = true;
              twist.happen();
            }
          }
        });
  }

  private static boolean isUpdate(WireCall call) {
    Optional<SendCommandRequest> request = call.request(SendCommandRequest.class);
    return request.isPresent() && request.get().documentName().equals(Documents.INSTALL);
  }

  void assertPromisesHold() {
    assertEquals(
        List.of(),
        Promises.judge(cloud, store, file).stream().filter(verdict -> !verdict.held()).toList());
  }
}
