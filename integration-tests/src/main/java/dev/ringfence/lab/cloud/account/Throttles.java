package dev.ringfence.lab.cloud.account;

import dev.ringfence.lab.time.PassingTime;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One token bucket per operation, refilled by the virtual clock. EC2's sizes are those of the EC2
 * developer guide's page on API throttling; CloudWatch's are its service quotas.
 */
public final class Throttles {
  /** The suffix of the bucket that a Describe call without ids, filters and pages draws from. */
  public static final String WHOLE = ".whole";

  /**
   * What a bucket holds when full, and what flows in.
   *
   * @param burst calls that may come at once
   * @param perSecond calls that are earned back in a second
   */
  record Size(double burst, double perSecond) {}

  private static final Size DESCRIBE = new Size(100, 20);

  /** A Describe call for everything at once is dear, so EC2 sells it in a smaller bucket. */
  private static final Size DESCRIBE_WHOLE = new Size(50, 10);

  private static final Size SNAPSHOT_OR_VOLUME = new Size(100, 5);
  private static final Size TAGGING = new Size(100, 10);
  private static final Size MUTATING = new Size(50, 5);

  /**
   * AWS publishes no rate for Run Command and its neighbours, only that one exists (the status
   * detail "Rate Exceeded"); this is tight enough to hurt a caller that polls machine by machine.
   */
  private static final Size SSM = new Size(40, 20);

  /** The CloudWatch quota on DescribeAlarms is 9 transactions a second. */
  private static final Size DESCRIBE_ALARMS = new Size(9, 9);

  /** The CloudWatch quota on PutMetricAlarm and its siblings is 3 transactions a second. */
  private static final Size CHANGE_ALARMS = new Size(3, 3);

  private static final Set<String> SNAPSHOTS_AND_VOLUMES =
      Set.of("CreateSnapshot", "CreateSnapshots", "CreateVolume", "DeleteSnapshot");

  private static final class Bucket {
    private final Size size;
    private double tokens;
    private Instant filledAt;

    private Bucket(Size size, Instant now) {
      this.size = size;
      this.tokens = size.burst();
      this.filledAt = now;
    }

    /** Two callers' times overlap; what flowed in during one's time is not there for the other. */
    private boolean take(Instant now, int count) {
      if (now.isAfter(filledAt)) {
        double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
        tokens = Math.min(size.burst(), tokens + seconds * size.perSecond());
        filledAt = now;
      }
      if (tokens < count) {
        return false;
      }
      tokens -= count;
      return true;
    }
  }

  /** What the SDK's standard retry waits after a throttle, about, before it asks again. */
  private static final Duration BACK_OFF = Duration.ofMillis(500);

  /** Some operations are also limited in how many instances they may be asked for. */
  private static final Map<String, Size> RESOURCES =
      Map.of(
          "RunInstances", new Size(1000, 2),
          "StartInstances", new Size(1000, 2),
          "StopInstances", new Size(1000, 20),
          "TerminateInstances", new Size(1000, 20));

  private final PassingTime time;
  private final Map<String, Bucket> buckets = new TreeMap<>();
  private boolean on = true;
  private long refused;

  public Throttles(InstantSource clock) {
    this.time = new PassingTime(clock);
  }

  /** Benchmarks switch throttles off, because they measure the caller and not the quota. */
  public void switchOff() {
    on = false;
  }

  public void switchOn() {
    on = true;
  }

  /** How many calls were turned away since the run began. */
  public long refused() {
    return refused;
  }

  /**
   * Another caller begins now. It calls at the same time as those that were there before it, and
   * not after them, so together they empty a bucket that each alone could not.
   */
  public void nextCaller() {
    time.restart();
  }

  /**
   * How far the callers' calls have come, for a caller that paces itself: it sees the same time
   * pass as the buckets that it spares. It never goes back, though callers' times overlap.
   */
  public InstantSource callersTime() {
    AtomicReference<Instant> latest = new AtomicReference<>(time.lastInstant());
    return () ->
        latest.accumulateAndGet(
            time.lastInstant(), (one, other) -> one.isAfter(other) ? one : other);
  }

  /** Takes one call's token, or raises the fault that the service gives when there is none. */
  void take(String service, String operation) {
    if (on) {
      take(service, service + "." + operation, size(service, operation), time.instant(), 1);
    }
  }

  /** Takes a token for each instance that a call asks for, where EC2 counts them. */
  void takeInstances(String service, String operation, int count) {
    Size size = RESOURCES.get(operation);
    if (on && size != null && service.equals("ec2")) {
      take(service, "instances of " + operation, size, time.lastInstant(), count);
    }
  }

  private void take(String service, String name, Size size, Instant now, int count) {
    Bucket bucket = buckets.computeIfAbsent(name, key -> new Bucket(size, now));
    if (!bucket.take(now, count)) {
      refused++;
      time.pass(BACK_OFF);
      throw refusal(service);
    }
  }

  private static Size size(String service, String operation) {
    if (service.equals("ssm")) {
      return SSM;
    }
    if (service.equals("monitoring")) {
      return operation.startsWith("Describe") ? DESCRIBE_ALARMS : CHANGE_ALARMS;
    }
    if (operation.endsWith(WHOLE)) {
      return DESCRIBE_WHOLE;
    }
    if (operation.startsWith("Describe") || operation.startsWith("Get")) {
      return DESCRIBE;
    }
    if (SNAPSHOTS_AND_VOLUMES.contains(operation)) {
      return SNAPSHOT_OR_VOLUME;
    }
    return operation.equals("CreateTags") ? TAGGING : MUTATING;
  }

  private static AwsFault refusal(String service) {
    return switch (service) {
      case "autoscaling" -> new AwsFault("Throttling", 400, "Rate exceeded");
      case "ec2" -> new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.");
      case "monitoring" -> new AwsFault("Throttling", 400, "Rate exceeded");
      default -> new AwsFault("ThrottlingException", 400, "Rate exceeded");
    };
  }
}
