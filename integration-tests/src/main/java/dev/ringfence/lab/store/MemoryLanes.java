package dev.ringfence.lab.store;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Lane;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lanes of {@link MemoryStore}, which guards them from being used by two threads at once. */
final class MemoryLanes {
  private final Map<Lane.Id, Lane> lanes = new HashMap<>();

  Lane read(Lane.Id id) {
    return lanes.getOrDefault(id, Lane.free(id));
  }

  void announce(Lane.Id id, String version, Comparator<String> age) {
    Lane lane = read(id);
    String noted = lane.newest();
    if (noted == null || age.compare(version, noted) > 0) {
      lanes.put(id, lane.announcing(version));
    }
  }

  boolean lift(Lane.Id id, String version) {
    Lane lane = read(id);
    boolean lifted = lane.quarantined().containsKey(version);
    lanes.put(id, lane.lifting(version));
    return lifted;
  }

  /**
   * Makes every claim or none.
   *
   * @throws StaleWrite when a lane is held by another
   */
  void claim(List<Claim> claims) {
    Map<Lane.Id, Lane> after = new HashMap<>();
    for (Claim any : claims) {
      if (!(any instanceof LaneClaim claim)) {
        continue;
      }
      Lane lane = after.getOrDefault(claim.lane(), read(claim.lane()));
      after.put(claim.lane(), changed(lane, claim));
    }
    lanes.putAll(after);
  }

  private static Lane changed(Lane lane, LaneClaim claim) {
    return switch (claim) {
      case LaneClaim.Take take -> {
        requireFree(lane, take.holder());
        yield held(lane, take.holder(), lane.installed());
      }
      case LaneClaim.GiveBack back -> {
        requireFree(lane, back.holder());
        yield held(lane, null, back.installed() == null ? lane.installed() : back.installed());
      }
      case LaneClaim.Quarantine ban -> lane.banning(ban.version(), ban.artifact(), ban.reason());
    };
  }

  private static void requireFree(Lane lane, String asking) {
    String holder = lane.holder();
    if (holder != null && !holder.equals(asking)) {
      throw new StaleWrite("lane %s is held by %s".formatted(lane.id(), holder));
    }
  }

  private static Lane held(Lane lane, @Nullable String holder, @Nullable String installed) {
    return lane.heldBy(holder, installed);
  }
}
