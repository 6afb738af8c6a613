package dev.ringfence.lab.cloud.machine;

import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One machine: what it is, what EC2 thinks of its power, what its system is really doing, and its
 * disks. Only {@link Life} changes what its system does.
 */
public final class Machine {
  /** What EC2 calls the instance state. A crashed system is still {@code running}. */
  public enum Power {
    PENDING("pending", 0),
    RUNNING("running", 16),
    SHUTTING_DOWN("shutting-down", 32),
    TERMINATED("terminated", 48),
    STOPPING("stopping", 64),
    STOPPED("stopped", 80);

    private final String wire;
    private final int code;

    Power(String wire, int code) {
      this.wire = wire;
      this.code = code;
    }

    public String wire() {
      return wire;
    }

    public int code() {
      return code;
    }
  }

  /** What the system on it is doing. */
  public enum Condition {
    OFF,
    BOOTING,
    UP,
    CRASHED
  }

  private final Hardware hardware;
  private final Agent agent;
  private final StatusChecks checks;
  private final Settings settings = new Settings();
  private final Map<String, Volume> disks = new TreeMap<>();
  private final List<String> rootLineage = new ArrayList<>(1);
  private final List<Tenure> tenures = new ArrayList<>(1);
  private Map<String, String> tags;
  Power power = Power.RUNNING;
  Instant powerSince;
  String stateReason = "";
  Condition condition = Condition.UP;
  Instant conditionSince;
  Instant bootedAt;
  int boots;
  int epoch;
  DiskContent running = DiskContent.EMPTY;
  String lastWords = "";

  public Machine(
      Hardware hardware,
      Map<String, String> tags,
      Instant bootedAt,
      Instant agentStartedAt,
      Duration checkPhase) {
    this.hardware = hardware;
    this.tags = tags;
    this.bootedAt = bootedAt;
    this.powerSince = hardware.launchedAt();
    this.conditionSince = bootedAt;
    this.agent = new Agent(agentStartedAt);
    this.checks = new StatusChecks(checkPhase);
  }

  private Machine(Hardware hardware, Map<String, String> tags, Agent agent, Duration checkPhase) {
    this.hardware = hardware;
    this.tags = tags;
    this.bootedAt = hardware.launchedAt();
    this.powerSince = hardware.launchedAt();
    this.conditionSince = hardware.launchedAt();
    this.agent = agent;
    this.checks = new StatusChecks(checkPhase);
  }

  /** A machine that was launched just now and has never run. */
  public static Machine launched(Hardware hardware, Map<String, String> tags, Duration checkPhase) {
    Machine machine = new Machine(hardware, tags, Agent.unheard(hardware.launchedAt()), checkPhase);
    machine.power = Power.PENDING;
    machine.condition = Condition.OFF;
    return machine;
  }

  public String id() {
    return hardware.id();
  }

  public Hardware hardware() {
    return hardware;
  }

  public Agent agent() {
    return agent;
  }

  public StatusChecks checks() {
    return checks;
  }

  public Settings settings() {
    return settings;
  }

  public Map<String, String> tags() {
    return tags;
  }

  public void tag(Map<String, String> next) {
    tags = next;
  }

  public Power power() {
    return power;
  }

  public Instant powerSince() {
    return powerSince;
  }

  /** Why EC2 changed the power by itself, such as {@code Client.InternalError}; else empty. */
  public String stateReason() {
    return stateReason;
  }

  public Condition condition() {
    return condition;
  }

  public Instant conditionSince() {
    return conditionSince;
  }

  public Instant bootedAt() {
    return bootedAt;
  }

  /** Changes whenever the system loses its memory; what was begun in another epoch is gone. */
  public int epoch() {
    return epoch;
  }

  /** What the running system has loaded, which may differ from what is on its disk. */
  public DiskContent running() {
    return running;
  }

  /** What the system wrote on its console when it died; empty while it lives. */
  public String lastWords() {
    return lastWords;
  }

  public Map<String, Volume> disks() {
    return Collections.unmodifiableMap(disks);
  }

  public @Nullable Volume root() {
    return disks.get(hardware.rootDevice());
  }

  /** Ids of the volumes that are or were its root; only their snapshots may replace the root. */
  public List<String> rootLineage() {
    return Collections.unmodifiableList(rootLineage);
  }

  public @Nullable String installed(String product) {
    Volume root = root();
    return root == null ? null : root.content().version(product);
  }

  public void attach(Volume volume, String device, Instant now, boolean deleteOnTermination) {
    volume.attach(new Volume.Attachment(id(), device, now, deleteOnTermination));
    disks.put(device, volume);
    tenures.add(new Tenure(volume.id(), device, now, null));
    if (device.equals(hardware.rootDevice()) && !rootLineage.contains(volume.id())) {
      rootLineage.add(volume.id());
    }
  }

  public void detach(String device, Instant now) {
    Volume volume = disks.remove(device);
    if (volume != null) {
      volume.detach();
      tenures.replaceAll(tenure -> tenure.ended(volume.id(), now));
    }
  }

  /** Every volume that ever was attached, in the order of attaching. */
  public List<Tenure> tenures() {
    return Collections.unmodifiableList(tenures);
  }

  /** The system as it is when the run begins: up, with everything on its disk loaded. */
  public void assumeLoaded() {
    Volume root = root();
    running = root == null ? DiskContent.EMPTY : root.content();
  }
}
