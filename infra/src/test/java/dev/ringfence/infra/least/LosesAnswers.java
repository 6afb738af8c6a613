package dev.ringfence.infra.least;

import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Loses the answer of some calls that change the world: whoever made such a call must look for what
 * it did before it does it again, and looking needs permissions too.
 */
final class LosesAnswers implements WireTap {
  /** The first answer is lost, so that a story with a single such call has its loss. */
  private static final int EVERY = 5;

  private static final Set<String> CHANGING =
      Set.of(
          "ssm.SendCommand",
          "ec2.CreateSnapshots",
          "ec2.CreateReplaceRootVolumeTask",
          "ec2.CreateVolume",
          "ec2.RunInstances");

  private final Map<String, Integer> seen = new HashMap<>();

  @Override
  public void after(WireCall call) throws IOException {
    if (CHANGING.contains(call.name()) && seen.merge(call.name(), 1, Integer::sum) % EVERY == 1) {
      throw new IOException("the answer of " + call.name() + " was lost on purpose");
    }
  }
}
