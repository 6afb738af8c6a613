package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Setting;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.release.WithdrawCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Roll-outs as tests tell of them: a fleet, a policy, and a phase that somebody is in. */
public final class Given {
  /** When every story begins: a Tuesday noon. */
  public static final Instant START = Instant.parse("2026-11-03T12:00:00Z");

  public static final String VERSION = "7.16.1";
  public static final String OLD_VERSION = "7.16.0";

  private static final String SHA = "0123456789abcdef".repeat(4);

  private final Channel channel;
  private ChannelPolicy policy;
  private List<Machine> fleet = fleet(12);
  private boolean withdrawable;
  private @Nullable Instant notBefore;
  private String version = VERSION;

  private Given(Channel channel) {
    this.channel = channel;
    this.policy =
        ChannelPolicy.defaults(channel)
            .with(Pace.RINGS, List.of())
            .with(WayBack.MAX_DRILL_AGE, Duration.ZERO);
  }

  public static Given content() {
    return new Given(Channel.CONTENT);
  }

  public static Given capability() {
    return new Given(Channel.CAPABILITY);
  }

  public <V> Given with(Setting<V> setting, V value) {
    policy = policy.with(setting, value);
    return this;
  }

  public Given machines(int count) {
    fleet = fleet(count);
    return this;
  }

  public Given fleet(List<Machine> machines) {
    fleet = List.copyOf(machines);
    return this;
  }

  public Given withdrawable() {
    withdrawable = true;
    return this;
  }

  public Given notBefore(Instant moment) {
    notBefore = moment;
    return this;
  }

  public Given version(String text) {
    version = text;
    return this;
  }

  public List<Machine> fleet() {
    return fleet;
  }

  public ChannelPolicy policy() {
    return policy;
  }

  /** The roll-out as intake accepts it. */
  public Rollout queued() {
    SsmDocument withdraw = new SsmDocument("Falcon-Withdraw", "2", SHA);
    Release release =
        new Release(
            "falcon",
            version,
            channel,
            new SsmDocument("Falcon-Install", "3", SHA),
            Map.of("mode", List.of("quiet")),
            channel == Channel.CAPABILITY,
            new VersionProbe(new SsmDocument("Falcon-Probe", "1", SHA), Map.of()),
            notBefore,
            withdrawable ? new WithdrawCommand(withdraw, Map.of()) : null);
    return new Rollout(
        "falcon-1",
        "0123456789ab",
        START,
        release,
        SHA,
        Map.of("product", List.of("falcon")),
        policy,
        null,
        null,
        new RolloutPhase.Queued(START, "its first beat"),
        List.of(),
        null);
  }

  /** In some phase without a plan yet. */
  public Operation<Rollout, Batch> in(RolloutPhase phase) {
    return new Operation<>(queued().in(phase), List.of(), null, 1);
  }

  /** Planned, its first ring open since {@link #START}. */
  public Operation<Rollout, Batch> running() {
    Rollout head = queued().startedFrom(OLD_VERSION, new RolloutPhase.Planning(START));
    Planner.Planned planned = Planner.plan(head, fleet, Admission.OF_ALL);
    RolloutPhase.Running open = new RolloutPhase.Running(0, START, Instant.EPOCH, null);
    return new Operation<>(head.following(planned.plan(), open), planned.batches(), null, 1);
  }

  public static Operation<Rollout, Batch> enter(
      Operation<Rollout, Batch> operation, RolloutPhase phase) {
    return operation.with(operation.head().in(phase), operation.parts());
  }

  /** The same with other phases for members of one ring. */
  public static Operation<Rollout, Batch> members(
      Operation<Rollout, Batch> operation, int ring, UnaryOperator<Member> change) {
    List<Batch> parts =
        operation.parts().stream()
            .map(batch -> batch.ring() == ring ? batch.eachMember(change) : batch)
            .toList();
    return operation.with(operation.head(), parts);
  }

  public static Operation<Rollout, Batch> batches(
      Operation<Rollout, Batch> operation, int ring, UnaryOperator<Batch> change) {
    List<Batch> parts =
        operation.parts().stream()
            .map(batch -> batch.ring() == ring ? change.apply(batch) : batch)
            .toList();
    return operation.with(operation.head(), parts);
  }

  public static Operation<Rollout, Batch> asked(
      Operation<Rollout, Batch> operation, Request request) {
    return new Operation<>(operation.head(), operation.parts(), request, operation.version());
  }

  public static Request halt() {
    return new Request(Request.Wish.HALT, "alarm checkout", "5xx above 3", START);
  }

  /** Machines alike, spread over three zones. */
  public static List<Machine> fleet(int count) {
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      machines.add(machine(i, "zone-" + (char) ('a' + i % 3), "m7g", Map.of()));
    }
    return machines;
  }

  public static Machine machine(int number, String zone, String family, Map<String, String> tags) {
    String id = String.format(Locale.ROOT, "i-%017x", number);
    String volume = String.format(Locale.ROOT, "vol-%017x", number);
    return new Machine(id, zone, "Linux", family, "3.3", tags, volume, true, Set.of());
  }
}
