package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.sqs.Queue;

/** AWS's own checks of good practice; what does not hold is suppressed with its reason. */
class NagTest {
  private static List<String> findings(RingfenceStack stack) {
    Aspects.of(stack).add(new AwsSolutionsChecks());
    Annotations annotations = Annotations.fromStack(stack);
    return Stream.concat(
            annotations.findError("*", Match.stringLikeRegexp("AwsSolutions-.*")).stream(),
            annotations
                .findWarning("*", Match.stringLikeRegexp("(AwsSolutions|CdkNag).*"))
                .stream())
        .map(message -> message.getId() + ": " + message.getEntry().getData())
        .toList();
  }

  @Test
  void stack_passesWithEachSuppressionGivenItsReason() {
    assertEquals(
        List.of(), findings(new RingfenceStack(new App(), "Ringfence", Synth.props().build())));
  }

  @Test
  void checks_seeWhatIsNotSuppressed() {
    RingfenceStack stack = new RingfenceStack(new App(), "Ringfence", Synth.props().build());
    Queue.Builder.create(stack, "Careless").build();
    List<String> found = findings(stack);
    assertEquals(true, found.toString().contains("AwsSolutions-SQS3"), found::toString);
  }
}
