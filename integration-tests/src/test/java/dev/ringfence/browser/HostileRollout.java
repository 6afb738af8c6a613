package dev.ringfence.browser;

import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.HaltReason;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A rollout whose every name is markup: of the release, the ring, the machine, its zone and the
 * alarm. The intake takes no such release, but an alarm's name can be so, and what reads the store
 * should not rely on who wrote it.
 */
record HostileRollout(Rollout head, Batch batch) {
  /** Its own id; the only thing about it that is plain. */
  static final String ID = "hostile-1-0";

  private static final String SHA = "0123456789abcdef".repeat(4);

  /** Names which in a page would run the script {@code window.hurt='WHAT'}. */
  private static String name(String what) {
    return "\"><img src=x onerror=\"window.hurt='" + what + "'\">" + what;
  }

  /** Halted by its alarm, with one machine hurt. */
  static HostileRollout halted(Instant now) {
    Instant then = now.minus(Duration.ofMinutes(20));
    RolloutPhase phase =
        new RolloutPhase.Halted(
            new HaltReason.AlarmFires(name("alarm"), name("reason")), then, now);
    Rollout head =
        new Rollout(
            ID,
            "0123456789ab",
            then,
            release(),
            SHA,
            Map.of("product", List.of(name("tag"))),
            ChannelPolicy.defaults(Channel.CONTENT),
            null,
            plan(),
            phase,
            List.of(),
            null);
    return new HostileRollout(
        head, new Batch(0, 0, List.of(member(then)), true, null, 0, null, 0, null, List.of()));
  }

  private static Release release() {
    SsmDocument document = new SsmDocument("Falcon-Install", "3", SHA);
    VersionProbe probe = new VersionProbe(document, Map.of());
    return new Release(
        name("product"),
        name("version"),
        Channel.CONTENT,
        document,
        Map.of(),
        false,
        probe,
        null,
        null);
  }

  private static Plan plan() {
    return new Plan(
        List.of(new Plan.Ring(name("ring"), 1, 0, 1, Duration.ofMinutes(10))),
        List.of(name("stratum")),
        Map.of(name("zone"), 1),
        Map.of(),
        Map.of(name("paths"), 1),
        Duration.ofMinutes(10));
  }

  private static Member member(Instant then) {
    MemberPhase hurt = new MemberPhase.Hurt(then, then.plusSeconds(60), false, name("evidence"));
    return new Member(name("machine"), name("zone"), name("stratum"), null, 1, "vol-1", null, hurt);
  }
}
