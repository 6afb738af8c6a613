package dev.ringfence.coldstart;

import dev.ringfence.contract.Variables;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabKey;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.wire.LabPort;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.Channel;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The AWS that instances call: the lab with its table, on a port. Its clock stands still at the
 * time at which it was opened, so nothing happens in it but what instances do.
 */
final class LoopbackCell implements AutoCloseable {
  /** The product that all machines run. */
  static final String FLEET = "falcon";

  private static final String VERSION = "7.16.0";
  private static final String TABLE = "ringfence";
  private static final String BUS = "ringfence-bus";

  /** Any number; the fleet is the same each time. */
  private static final long SEED = 20_240_719;

  private final Lab lab;
  private final LabPort port;
  private final Lock turn = new ReentrantLock();

  private LoopbackCell(Lab lab) throws IOException {
    this.lab = lab;
    this.port = LabPort.open(LabPort.ANY_PORT, lab.onlookersWire(), turn);
  }

  /** Opens a cell with so many machines, at this instant. */
  static LoopbackCell open(int machines, Instant now) throws IOException {
    FleetSpec spec = FleetSpec.of(machines, SEED).startingAt(now.truncatedTo(ChronoUnit.SECONDS));
    Lab lab = Lab.open(spec, beat -> {});
    lab.cloud().throttles().switchOff();
    return new LoopbackCell(lab);
  }

  /** For whoever looks into it; its calls take turns with those of the instances. */
  Lab lab() {
    return lab;
  }

  SimulatedCloud cloud() {
    return lab.cloud();
  }

  /** What the stack sets, what Lambda sets for credentials, and where AWS is. */
  Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry(Variables.REGION, Account.REGION),
        Map.entry("AWS_DEFAULT_REGION", Account.REGION),
        Map.entry("AWS_ACCESS_KEY_ID", "lab"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "lab"),
        Map.entry("AWS_SESSION_TOKEN", "lab"),
        Map.entry("AWS_ENDPOINT_URL", port.endpoint().toString()),
        Map.entry(Variables.CELL, "ringfence"),
        Map.entry(Variables.TABLE, TABLE),
        Map.entry(Variables.CLOCK, lab.plane().stepFunctions().arnOf("ringfence-clock")),
        Map.entry(Variables.BUS, BUS),
        Map.entry(Variables.EVIDENCE, SimulatedCloud.EVIDENCE_BUCKET));
  }

  /**
   * The signed event of a release of a product that was not heard of before, whose policy selects
   * the whole fleet and has drills, and an alarm of the product's name.
   */
  String newRelease(String product) {
    return alone(() -> {
      ChannelPolicy content =
          ChannelPolicy.defaults(Channel.CONTENT).with(Proof.ALARMS, List.of(product));
      RolloutPolicy policy = LabPolicies.of(product);
      LabPolicies.register(
          lab.look(),
          new RolloutPolicy(
              product,
              Map.of(FleetSpec.PRODUCT_TAG, List.of(FLEET)),
              policy.signing(),
              Drills.in(Networks.sealedSubnet(Account.ZONES.getFirst()), Networks.SEALED_GROUP),
              content,
              policy.capability()));
      return ReleaseEvents.event(
          ReleaseEvents.release(cloud(), product, VERSION, Channel.CONTENT),
          LabKey.publisher(),
          lab.clock().instant());
    });
  }

  /** The id of a rollout that has not had its first beat. */
  String newRollout(String product) {
    String event = newRelease(product);
    return alone(() ->
        switch (lab.plane().publish(event)) {
          case ReleaseIntake.Answer.Started started -> started.id();
          case ReleaseIntake.Answer.Refused refused ->
              throw new IllegalStateException("the release was refused: " + refused.problems());
        });
  }

  /** Does something in the cell while no instance does. */
  <T> T alone(Supplier<T> what) {
    turn.lock();
    try {
      return what.get();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    port.close();
    lab.close();
  }
}
