package dev.ringfence.functions.aws;

import dev.ringfence.engine.Janitor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Removes by tag and age what drills left behind: a function that died between its call and its
 * note, a removal that EC2 refused for too long, a clone that somebody made look alive.
 */
public final class DrillJanitor implements Janitor {
  private static final Logger LOG = LoggerFactory.getLogger(DrillJanitor.class);

  private final DrillThings things;

  /** At the request rates that AWS publishes. */
  public DrillJanitor(Ec2Client ec2, InstantSource clock) {
    this(ec2, Pacer.published(clock));
  }

  public DrillJanitor(Ec2Client ec2, Pacer pacer) {
    this.things = new DrillThings(ec2, pacer);
  }

  @Override
  public Swept sweep(Instant madeBefore) {
    List<DrillThings.Thing> old = new ArrayList<>();
    try {
      things.all().stream().filter(one -> one.madeAt().isBefore(madeBefore)).forEach(old::add);
    } catch (SdkException failure) {
      return new Swept(List.of(), List.of("could not look: " + AwsErrors.reason(failure)));
    }
    List<String> problems = things.remove(old);
    problems.forEach(problem -> LOG.warn("could not remove {}", problem));
    return new Swept(old.stream().map(DrillThings.Thing::id).toList(), problems);
  }
}
