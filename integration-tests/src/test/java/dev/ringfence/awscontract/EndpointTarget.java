package dev.ringfence.awscontract;

import dev.ringfence.lab.plane.DynamoTable;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** An emulator behind an endpoint. What promises are tried on is made there when it is needed. */
final class EndpointTarget implements Target {
  /** Of everything that is made here. */
  static final String NAME = "ringfence-contract";

  /** A clock that does not strike while a suite runs. */
  static final String SLOW_CLOCK =
      """
      {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 7200, "End": true}}}
      """;

  /** One of those that every emulator knows; nothing boots from it. */
  private static final String IMAGE = "ami-12c6146b";

  private static final String ROLE = "arn:aws:iam::000000000000:role/ringfence-contract";

  private final String name;
  private final Clients clients;
  private final Region region;
  private boolean hasAlarm;
  private boolean hasTable;
  private boolean hasBucket;
  private @Nullable String slowClock;

  EndpointTarget(String name, URI endpoint, Region region) {
    this.name = name;
    this.clients = Clients.at(endpoint, region);
    this.region = region;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Clients clients() {
    return clients;
  }

  @Override
  public boolean mayChange() {
    return true;
  }

  @Override
  public String machine() {
    String id =
        clients
            .ec2()
            .runInstances(run ->
                run.imageId(IMAGE).instanceType(InstanceType.M5_LARGE).minCount(1).maxCount(1))
            .instances()
            .getFirst()
            .instanceId();
    Promise.so(eventually(() -> Machines.state(this, id).equals("running")), id + " never runs");
    return id;
  }

  /** A document of AWS's own that every emulator accepts. */
  @Override
  public String document() {
    return "AWS-RunShellScript";
  }

  @Override
  public String alarm() {
    if (!hasAlarm) {
      clients
          .cloudWatch()
          .putMetricAlarm(put ->
              put.alarmName(NAME)
                  .namespace(NAME)
                  .metricName("failing")
                  .statistic(Statistic.MAXIMUM)
                  .period(60)
                  .evaluationPeriods(1)
                  .threshold(1.0)
                  .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD));
      hasAlarm = true;
    }
    return NAME;
  }

  /** No emulator has calendars; it may say so itself. */
  @Override
  public String calendar() {
    return NAME;
  }

  @Override
  public String slowClock() {
    String known = slowClock;
    if (known == null) {
      known =
          clients
              .stepFunctions()
              .createStateMachine(make -> make.name(NAME).definition(SLOW_CLOCK).roleArn(ROLE))
              .stateMachineArn();
      slowClock = known;
    }
    return known;
  }

  @Override
  public String table() {
    if (!hasTable) {
      DynamoTable.create(clients.dynamo(), NAME);
      hasTable = true;
    }
    return NAME;
  }

  @Override
  public String bucket() {
    if (!hasBucket) {
      clients.s3().createBucket(r -> inRegion(r.bucket(NAME)));
      hasBucket = true;
    }
    return NAME;
  }

  /** S3 takes no constraint for its first Region (CreateBucket, "LocationConstraint"). */
  private void inRegion(CreateBucketRequest.Builder request) {
    if (!region.equals(Region.US_EAST_1)) {
      request.createBucketConfiguration(c -> c.locationConstraint(region.id()));
    }
  }

  @Override
  public String run() {
    return Targets.RUN;
  }

  @Override
  public void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** Emulators do at once what takes AWS minutes, so patience ends early: see {@link #PATIENCE}. */
  @Override
  public Duration step() {
    return Duration.ofMillis(200);
  }

  @Override
  public boolean eventually(BooleanSupplier so) {
    for (int looks = 0; looks < LOOKS_MAX; looks++) {
      if (so.getAsBoolean()) {
        return true;
      }
      pass(step());
    }
    return so.getAsBoolean();
  }

  /** Five seconds. */
  private static final int LOOKS_MAX = 25;
}
