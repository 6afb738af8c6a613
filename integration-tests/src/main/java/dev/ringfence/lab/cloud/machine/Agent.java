package dev.ringfence.lab.cloud.machine;

import java.time.Duration;
import java.time.Instant;

/**
 * A machine's SSM agent. It pings when it starts and then every five minutes; pings are computed
 * when somebody asks, so a fleet of any size costs no event per ping.
 */
public final class Agent {
  /** The agent's default heartbeat, as its open source code has it. */
  public static final Duration PING_EVERY = Duration.ofMinutes(5);

  private boolean process;
  private boolean known = true;
  private int hushes;
  private Instant anchor;
  private Instant listeningSince;
  private Instant lastHeard;
  private Duration staleBy = Duration.ZERO;

  Agent(Instant startedAt) {
    this.process = true;
    this.anchor = startedAt;
    this.listeningSince = startedAt;
    this.lastHeard = startedAt;
  }

  /** An agent on a machine that has never run. */
  static Agent unheard(Instant now) {
    Agent agent = new Agent(now);
    agent.process = false;
    agent.known = false;
    return agent;
  }

  /** Whether Systems Manager has ever heard of it: only then is the machine a managed node. */
  public boolean isKnown() {
    return known;
  }

  /** Whether it can receive a command and answer. */
  public boolean isListening() {
    return process && hushes == 0;
  }

  /** Whether the process runs, heard or not. */
  public boolean isRunning() {
    return process;
  }

  public Instant lastPing(Instant now) {
    return ping(now).minus(staleBy);
  }

  /** Whether what is shown of its pings is true. */
  public boolean isTruthful() {
    return staleBy.isZero();
  }

  void start(Instant now) {
    process = true;
    anchor = now;
    if (hushes == 0) {
      known = true;
      listeningSince = now;
      lastHeard = now;
    }
  }

  void stop(Instant now) {
    lastHeard = ping(now);
    process = false;
  }

  void hush(Instant now) {
    lastHeard = ping(now);
    hushes++;
  }

  /** After a silence the agent keeps its rhythm: it is heard again at its next ping. */
  void unhush(Instant now) {
    hushes--;
    known |= isListening();
    listeningSince = now;
  }

  /** Makes Systems Manager show an older ping than there was. */
  void reportStale(Duration by) {
    staleBy = by;
  }

  private Instant ping(Instant now) {
    if (!isListening()) {
      return lastHeard;
    }
    long rounds = Duration.between(anchor, now).dividedBy(PING_EVERY);
    Instant tick = anchor.plus(PING_EVERY.multipliedBy(rounds));
    return tick.isBefore(listeningSince) ? lastHeard : tick;
  }
}
