package dev.ringfence.operation;

import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What no machine is given, or left with, of one product: in whichever channel it was published, as
 * whatever text of the same version, and under whatever version the same bits come again. A person
 * lifts each by its name.
 */
public record Quarantine(List<Ban> bans) {
  /** Nothing is quarantined. */
  public static final Quarantine NONE = new Quarantine(List.of());

  public Quarantine {
    bans = List.copyOf(bans);
  }

  /**
   * One version that is quarantined.
   *
   * @param artifact {@link Release#artifact()} of what was published; empty when it is not known
   */
  public record Ban(Channel channel, String version, String artifact, String reason) {}

  /** What the lanes of a product have quarantined. */
  public static Quarantine of(List<Lane> lanes) {
    List<Ban> bans = new ArrayList<>();
    for (Lane lane : lanes) {
      for (Map.Entry<String, String> each : lane.quarantined().entrySet()) {
        String artifact = lane.artifacts().getOrDefault(each.getKey(), "");
        bans.add(new Ban(lane.id().channel(), each.getKey(), artifact, each.getValue()));
      }
    }
    bans.sort(Comparator.comparing(Ban::channel).thenComparing(Ban::version));
    return new Quarantine(bans);
  }

  /** Why this release is given to nobody, to be read after it; empty when nothing is against it. */
  public Optional<String> against(Release release) {
    String artifact = release.artifact();
    return against(release.version())
        .or(() ->
            first(ban -> ban.artifact().equals(artifact))
                .map(ban -> "is what " + ban.version() + " was, quarantined " + because(ban)));
  }

  /** Why no machine is left with this version; empty when nothing is against it. */
  public Optional<String> against(String version) {
    return first(ban -> ban.version().equals(version))
        .or(() -> first(ban -> isSame(ban.version(), version)))
        .map(ban ->
            ban.version().equals(version)
                ? "is quarantined " + because(ban)
                : "is the same as " + ban.version() + ", quarantined " + because(ban));
  }

  private Optional<Ban> first(Predicate<Ban> which) {
    return bans.stream().filter(which).findFirst();
  }

  private static boolean isSame(String one, String other) {
    return Version.BY_AGE.compare(new Version(one), new Version(other)) == 0;
  }

  private static String because(Ban ban) {
    return "in channel " + ban.channel() + ": " + ban.reason();
  }
}
