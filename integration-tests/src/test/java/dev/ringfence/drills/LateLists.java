package dev.ringfence.drills;

import dev.ringfence.lab.time.VirtualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;

/**
 * An EC2 whose lists do not know yet what was made a moment ago ("Eventual consistency in the
 * Amazon EC2 API").
 */
final class LateLists {
  /** Within what our own patience with lists assumes. */
  static final Duration LAG = Duration.ofSeconds(20);

  private LateLists() {}

  static Ec2Client of(Ec2Client ec2, VirtualClock clock) {
    return (Ec2Client)
        Proxy.newProxyInstance(
            Ec2Client.class.getClassLoader(),
            new Class<?>[] {Ec2Client.class},
            (proxy, method, given) -> late(call(ec2, method, given), clock.instant().minus(LAG)));
  }

  private static @Nullable Object call(Ec2Client ec2, Method method, Object[] given)
      throws Throwable {
    try {
      return method.invoke(ec2, given);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private static @Nullable Object late(@Nullable Object answer, Instant listed) {
    return switch (answer) {
      case DescribeInstancesResponse all ->
          all.toBuilder()
              .reservations(all.reservations().stream().map(one -> late(one, listed)).toList())
              .build();
      case DescribeVolumesResponse all ->
          all.toBuilder()
              .volumes(all.volumes().stream().filter(v -> v.createTime().isBefore(listed)).toList())
              .build();
      case DescribeSnapshotsResponse all ->
          all.toBuilder()
              .snapshots(
                  all.snapshots().stream().filter(s -> s.startTime().isBefore(listed)).toList())
              .build();
      case null, default -> answer;
    };
  }

  private static Reservation late(Reservation all, Instant listed) {
    return all.toBuilder()
        .instances(
            all.instances().stream().filter(one -> one.launchTime().isBefore(listed)).toList())
        .build();
  }
}
