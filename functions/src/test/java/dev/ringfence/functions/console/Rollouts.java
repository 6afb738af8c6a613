package dev.ringfence.functions.console;

import dev.ringfence.engine.Engine;
import dev.ringfence.functions.fakes.BlindWorld;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rollouts that a store holds before somebody asks for them. */
public final class Rollouts {
  public static final Instant NOW = Instant.parse("2026-11-03T03:10:00Z");

  private static final String SHA = "0123456789abcdef".repeat(4);

  private Rollouts() {}

  public static Engine engine(MemoryStore store) {
    return new Engine(store, new BlindWorld(() -> NOW), (kind, id) -> {}, () -> NOW);
  }

  /** Accepted ten minutes ago, waiting for its turn. */
  public static Rollout queued(String product, String version) {
    Instant then = NOW.minusSeconds(600);
    SsmDocument document = new SsmDocument("Falcon-Install", "3", SHA);
    Release release =
        new Release(
            product,
            version,
            Channel.CONTENT,
            document,
            Map.of(),
            false,
            new VersionProbe(document, Map.of()),
            null,
            null);
    return new Rollout(
        product + "-" + version.replace('.', '-'),
        "0123456789ab",
        then,
        release,
        SHA,
        Map.of("product", List.of(product)),
        ChannelPolicy.defaults(Channel.CONTENT),
        null,
        null,
        new RolloutPhase.Queued(then, "its first beat"),
        List.of(),
        null);
  }

  public static Rollout moved(Rollout head, RolloutPhase phase) {
    return changed(head, head.id(), phase, head.exposed());
  }

  /** The same rollout under another id, which gave its release to a first machine. */
  public static Rollout exposing(Rollout head, String id, Instant since) {
    return changed(head, id, head.phase(), since);
  }

  private static Rollout changed(
      Rollout head, String id, RolloutPhase phase, @Nullable Instant exposed) {
    return new Rollout(
        id,
        head.mark(),
        head.acceptedAt(),
        head.release(),
        head.digest(),
        head.selector(),
        head.policy(),
        head.previous(),
        head.plan(),
        phase,
        head.orders(),
        exposed);
  }

  public static void store(MemoryStore store, Rollout... rollouts) {
    for (Rollout rollout : rollouts) {
      store.create(RolloutCourse.FORM, rollout, List.of(), List.of());
    }
  }

  public static String phase(MemoryStore store, String id) {
    return store
        .load(RolloutCourse.FORM, id)
        .map(Operation::head)
        .map(Rollout::phaseName)
        .orElse("none");
  }
}
