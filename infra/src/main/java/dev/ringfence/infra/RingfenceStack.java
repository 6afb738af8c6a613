package dev.ringfence.infra;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The cell in a stack of its own. */
public final class RingfenceStack extends Stack {
  public RingfenceStack(Construct scope, String id, RingfenceProps props) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Ringfence: ships updates over EC2 fleets in rings")
            .build());
    new Ringfence(this, "Ringfence", props);
  }
}
