package dev.ringfence.functions.wiring;

import dev.ringfence.control.DrillDesk;
import dev.ringfence.control.RestoreDesk;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.Clocks;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.engine.Janitor;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.functions.aws.AwsAttic;
import dev.ringfence.functions.aws.AwsClients;
import dev.ringfence.functions.aws.AwsWorld;
import dev.ringfence.functions.aws.DrillJanitor;
import dev.ringfence.functions.aws.StepFunctionsClocks;
import dev.ringfence.functions.metrics.Emf;
import dev.ringfence.widget.Widget;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The engine, its intakes, and the ports that AWS answers. */
@Factory
final class EngineFactory {
  /**
   * The system's clock, which nothing else in the functions looks at. Primary, since the framework
   * brings one of its own.
   */
  @Singleton
  @Primary
  InstantSource time() {
    return InstantSource.system();
  }

  @Singleton
  AwsClients clients(
      Ec2Client ec2,
      SsmClient ssm,
      CloudWatchClient cloudWatch,
      AutoScalingClient autoScaling,
      S3Client s3,
      Settings settings) {
    return new AwsClients(ec2, ssm, cloudWatch, autoScaling, s3, settings.evidence());
  }

  @Singleton
  World world(AwsClients clients, InstantSource time) {
    return new AwsWorld(clients, time);
  }

  @Singleton
  Clocks clocks(SfnClient stepFunctions, Settings settings) {
    return new StepFunctionsClocks(stepFunctions, settings.clock());
  }

  @Singleton
  Engine engine(Store store, World world, Clocks clocks, InstantSource time) {
    return new Engine(store, world, clocks, time);
  }

  @Singleton
  ReleaseIntake releases(Store store, Clocks clocks, InstantSource time) {
    return new ReleaseIntake(store, clocks, time);
  }

  @Singleton
  RolloutDesk rollouts(Store store, Engine engine, World world, InstantSource time) {
    return new RolloutDesk(store, engine, world, time);
  }

  @Singleton
  Widget widget(RolloutDesk rollouts, RestoreDesk restores, Store store, InstantSource time) {
    return new Widget(rollouts, restores, store, time);
  }

  @Singleton
  RestoreDesk restores(Store store, Engine engine, World world, InstantSource time) {
    return new RestoreDesk(store, engine, world, time);
  }

  @Singleton
  DrillDesk drillDesk(Store store, DrillIntake intake, World world, InstantSource time) {
    return new DrillDesk(store, intake, world, time);
  }

  @Singleton
  AlarmIntake alarms(Store store, Engine engine, InstantSource time) {
    return new AlarmIntake(store, engine, time);
  }

  @Singleton
  DrillIntake drills(Store store, Clocks clocks, InstantSource time) {
    return new DrillIntake(store, clocks, time);
  }

  @Singleton
  Janitor janitor(Ec2Client ec2, InstantSource time) {
    return new DrillJanitor(ec2, time);
  }

  @Singleton
  ExpirySweep expiry(Store store, Ec2Client ec2, InstantSource time) {
    return new ExpirySweep(store, new AwsAttic(ec2, time), time);
  }

  /** What is printed goes to the function's log line by line and unchanged. */
  @Singleton
  Emf emf(InstantSource time, Settings settings) {
    return new Emf(System.out::println, time, settings.cell());
  }
}
