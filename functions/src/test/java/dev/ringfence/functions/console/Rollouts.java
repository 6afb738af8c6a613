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
    return new Rollout(
        head.id(),
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
        head.exposed());
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
