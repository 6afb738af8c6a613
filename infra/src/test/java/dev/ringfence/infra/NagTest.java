package dev.ringfence.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * AWS's own checks of good practice; what does not hold is suppressed with its reason. The library
 * prints each finding when there is one that should not be.
 */
class NagTest {
  private static Annotations checked(RingfenceStack stack) {
    Aspects.of(stack).add(new AwsSolutionsChecks());
    return Annotations.fromStack(stack);
  }

  private static RingfenceStack stack() {
    return new RingfenceStack(new App(), "Ringfence", Synth.props().build());
  }

  @Test
  void stack_passesWithEachSuppressionGivenItsReason() {
    Annotations found = checked(stack());
    found.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
    found.hasNoWarning("*", Match.stringLikeRegexp("(AwsSolutions|CdkNag).*"));
  }

  @Test
  void checks_seeWhatIsNotSuppressed() {
    RingfenceStack stack = stack();
    Queue.Builder.create(stack, "Careless").build();
    checked(stack).hasError("*", Match.stringLikeRegexp("AwsSolutions-SQS3.*"));
  }
}
