package dev.ringfence.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.engine.Store;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Exposure;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Sights;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands against a restore that a person asks for. */
class BedsTest {
  private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");
  private static final Instant EXPOSED = NOW.minusSeconds(3600);
  private static final String MACHINE = "i-00000000000000001";
  private static final RestorePoint OLDER = new RestorePoint("snap-1", EXPOSED.minusSeconds(60));
  private static final RestorePoint YOUNGER = new RestorePoint("snap-2", EXPOSED.plusSeconds(60));

  /** A store that knows of no operation of any machine, and is asked nothing else. */
  private static Store empty() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (store, method, arguments) -> {
              if (method.getName().equals("pointersOf")) {
                return List.of();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static String obstacle(String point, @Nullable Vitals vitals) {
    return bed(point, vitals).obstacle();
  }

  private static Bed bed(String point, @Nullable Vitals vitals) {
    return bed(point, vitals, List.of(YOUNGER, OLDER), List.of());
  }

  private static Bed bed(
      String point, @Nullable Vitals vitals, List<RestorePoint> past, List<Exposure> exposures) {
    RestoreAsk ask =
        new RestoreAsk(
            RestoreAsk.Action.PLAN,
            null,
            List.of(MACHINE),
            null,
            point,
            null,
            List.of(),
            null,
            null,
            "operator",
            ZoneOffset.UTC);
    Sight sight =
        Sight.look(NOW)
            .vitals(vitals == null ? Map.of() : Map.of(MACHINE, vitals))
            .past(Map.of("vol-1", past))
            .exposures(Map.of(MACHINE, exposures))
            .snapshots(
                Map.of(
                    "snap-0", Sight.Snapshot.COMPLETED,
                    "snap-1", Sight.Snapshot.COMPLETED,
                    "snap-2", Sight.Snapshot.COMPLETED))
            .seen();
    MemberPhase hurt = new MemberPhase.Hurt(EXPOSED, NOW, false, "silent");
    Member member = new Member(MACHINE, "az-1", "", null, 0, "vol-1", OLDER, hurt);
    Rig rig =
        new Rig(
            MACHINE,
            "az-1",
            "running",
            "",
            "/dev/xvda",
            Map.of("/dev/xvda", new Rig.Attached("vol-1", "attached", true)),
            false,
            new Rig.Make("ami-1", "t3.micro", "Windows", "x86_64"),
            null);
    return new Beds(empty(), sight, ask).of(member, rig);
  }

  @Test
  void machineWithoutSignsOfLife_isRestored() {
    assertEquals("", obstacle(RestoreAsk.NEWEST, Sights.dead(NOW)));
    assertEquals("", obstacle("snap-1", Sights.dead(NOW)));
  }

  @Test
  void machineThatShowsLife_isWatchedBeforeAnythingIsDoneToIt() {
    Bed bed = bed("snap-1", Sights.well(NOW));
    assertEquals("", bed.obstacle());
    assertTrue(bed.why().startsWith("it shows life: it is watched"), bed.why());
    assertEquals("silent", bed("snap-1", Sights.dead(NOW)).why());
  }

  @Test
  void machineThatCouldNotBeLookedAt_isNotRestored() {
    Vitals dead = Sights.dead(NOW);
    Vitals withoutEc2 = new Vitals(NOW, null, dead.agent());
    Vitals withoutAgent = new Vitals(NOW, dead.ec2(), null);
    String words = "it could not be looked at, and a root that may live is not thrown away";
    assertEquals(words, obstacle("snap-1", null));
    assertEquals(words, obstacle("snap-1", withoutEc2));
    assertEquals(words, obstacle("snap-1", withoutAgent));
  }

  @Test
  void namedRestorePointThatIsYoungerThanTheUpdate_isNoWayBack() {
    assertEquals(
        "its restore point snap-2 was taken after the update, so it may hold what hurt it",
        obstacle("snap-2", Sights.dead(NOW)));
  }

  /** The restore itself would refuse it, after it was shown and confirmed. */
  @Test
  void restorePointFromUnderWhatIsQuarantined_isNotPlannedWith() {
    RestorePoint oldest = new RestorePoint("snap-0", EXPOSED.minusSeconds(7200));
    List<Exposure> spoilt = List.of(new Exposure("7.15.9", EXPOSED.minusSeconds(3600), null));
    Vitals dead = Sights.dead(NOW);
    Bed older = bed(RestoreAsk.NEWEST, dead, List.of(YOUNGER, OLDER, oldest), spoilt);
    assertEquals("", older.obstacle());
    assertEquals(oldest, older.point());
    String words = "its restore point snap-1 was taken while it had 7.15.9, which is quarantined";
    assertEquals(words, bed(RestoreAsk.NEWEST, dead, List.of(OLDER), spoilt).obstacle());
    assertEquals(words, bed("snap-1", dead, List.of(OLDER, oldest), spoilt).obstacle());
  }
}
