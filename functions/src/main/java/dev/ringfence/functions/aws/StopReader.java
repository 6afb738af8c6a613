package dev.ringfence.functions.aws;

import dev.ringfence.fleet.Unrestorable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;

/**
 * Reads what a stop of a machine would meet: whether the API may stop it, and what its own shutdown
 * does. EC2 tells these by DescribeInstanceAttribute alone, one attribute of one machine a call, so
 * they are asked only of machines that may have to be stopped, at the pace of EC2's other reads;
 * what is left over when that is spent is read by the next look.
 */
final class StopReader {
  /** Machines by the hundred are read over several looks, and each of them begins anew. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  private static final String TERMINATE = "terminate";

  private final Ec2Client ec2;
  private final Pacer pacer;
  private final InstantSource clock;
  private final Map<String, Known> known = new HashMap<>();

  StopReader(Ec2Client ec2, Pacer pacer, InstantSource clock) {
    this.ec2 = ec2;
    this.pacer = pacer;
    this.clock = clock;
  }

  private record Known(Instant at, Set<Unrestorable> reasons) {}

  /**
   * By machine; those that could not be read are missing.
   *
   * @param maxAge how long ago it may have been read; zero for now
   */
  Map<String, Set<Unrestorable>> read(
      Collection<String> machines, Duration maxAge, List<String> gaps) {
    Instant now = clock.instant();
    known.values().removeIf(one -> !now.isBefore(one.at().plus(REMEMBERED)));
    Map<String, Set<Unrestorable>> read = new HashMap<>();
    try {
      for (String machine : new TreeSet<>(machines)) {
        Known earlier = known.get(machine);
        if (earlier == null || !now.isBefore(earlier.at().plus(maxAge))) {
          known.remove(machine);
          attempt(machine, now, gaps);
        }
        Known newest = known.get(machine);
        if (newest != null) {
          read.put(machine, newest.reasons());
        }
      }
    } catch (Pacer.Spent spent) {
      // Whatever is left over would be refused by the same empty bucket.
      gaps.add("DescribeInstanceAttribute: " + AwsErrors.reason(spent));
    }
    return read;
  }

  private void attempt(String machine, Instant now, List<String> gaps) {
    try {
      known.put(machine, new Known(now, one(machine)));
    } catch (Pacer.Spent spent) {
      throw spent;
    } catch (SdkException failure) {
      gaps.add("DescribeInstanceAttribute of " + machine + ": " + AwsErrors.reason(failure));
    }
  }

  private Set<Unrestorable> one(String machine) {
    Set<Unrestorable> reasons = EnumSet.noneOf(Unrestorable.class);
    DescribeInstanceAttributeResponse stop =
        attribute(machine, InstanceAttributeName.DISABLE_API_STOP);
    if (stop.disableApiStop() != null && Boolean.TRUE.equals(stop.disableApiStop().value())) {
      reasons.add(Unrestorable.STOP_PROTECTION);
    }
    DescribeInstanceAttributeResponse shutdown =
        attribute(machine, InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR);
    if (shutdown.instanceInitiatedShutdownBehavior() != null
        && TERMINATE.equals(shutdown.instanceInitiatedShutdownBehavior().value())) {
      reasons.add(Unrestorable.SHUTDOWN_TERMINATES);
    }
    return reasons;
  }

  private DescribeInstanceAttributeResponse attribute(String machine, InstanceAttributeName name) {
    pacer.spend(Pacer.Budget.EC2_DESCRIBE);
    return ec2.describeInstanceAttribute(ask -> ask.instanceId(machine).attribute(name));
  }
}
