package dev.ringfence.operation;

import dev.ringfence.fleet.Build;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done for a drill: an isolated clone comes, and everything that was made for it goes. No
 * machine that does not carry the drill's tag is ever touched by these.
 */
public sealed interface DrillEffect extends Effect {

  /**
   * One RunInstances of one instance; the key is its client token and a tag. Done with the clone's
   * id. The clone gets no user data, no public address, no profile but the one named here, and
   * answers for its metadata to tokens only.
   *
   * @param machine whose clone it is
   * @param build what it is made of
   * @param instanceProfile the name of one that was made for clones; null for none
   */
  record LaunchClone(
      String key,
      Instant intended,
      boolean tried,
      String machine,
      Build build,
      String subnet,
      String securityGroup,
      @Nullable String instanceProfile,
      Map<String, String> tags)
      implements DrillEffect {
    public LaunchClone {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * Terminates and deletes everything that carries this drill tag. Done only when nothing of it is
   * there any more; as long as something is, unsettled with what.
   *
   * @param owner the value of the tag
   */
  record RemoveClone(String key, Instant intended, boolean tried, String owner)
      implements DrillEffect {}

  /** Notes what a drill showed, which the store does. */
  record KeepProof(String key, Instant intended, boolean tried, DrillResult result)
      implements DrillEffect {}
}
