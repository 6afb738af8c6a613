package dev.ringfence.functions.aws;

import dev.ringfence.operation.DrillEffect.RemoveClone;
import dev.ringfence.operation.Outcome;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Removes what a drill made, and says that it is gone only when it is. It works on what it sees and
 * may be asked at any time: clones first, then the volumes that they let go of, then snapshots.
 */
final class CloneRemover {
  /** What a message names at the most; the rest is a number. */
  private static final int NAMED_MAX = 5;

  private final DrillThings things;
  private final InstantSource clock;

  CloneRemover(Ec2Client ec2, Pacer pacer, InstantSource clock) {
    this.things = new DrillThings(ec2, pacer);
    this.clock = clock;
  }

  Outcome remove(RemoveClone effect) {
    try {
      List<DrillThings.Thing> there = things.of(effect.owner());
      if (there.isEmpty() && Settling.tooEarly(effect, clock.instant())) {
        return Settling.wait(effect);
      }
      if (there.isEmpty()) {
        return new Outcome.Done(effect.key(), "", clock.instant());
      }
      List<String> problems = things.remove(there);
      return new Outcome.Unsettled(effect.key(), told(there, problems));
    } catch (SdkException failure) {
      return new Outcome.Unsettled(effect.key(), AwsErrors.reason(failure));
    }
  }

  private static String told(List<DrillThings.Thing> there, List<String> problems) {
    String ids =
        String.join(", ", there.stream().limit(NAMED_MAX).map(DrillThings.Thing::id).toList());
    return there.size() + " still there: " + ids + (problems.isEmpty() ? "" : " " + problems);
  }
}
