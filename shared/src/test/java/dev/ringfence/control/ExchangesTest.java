package dev.ringfence.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Problems;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which path a person's plan takes, and what an exchange would make of a machine. */
class ExchangesTest {
  private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");
  private static final String MACHINE = "i-00000000000000001";
  private static final RestorePoint POINT = new RestorePoint("snap-root", NOW.minusSeconds(7200));
  private static final Disk LIVE = new Disk("gp2", 8, null, null, null);
  private static final Disk THEN = new Disk("gp3", 8, 4000, 250, "arn:key");
  private static final Disk DATA = new Disk("io2", 100, 9000, null, null);
  private static final Rig RIG =
      new Rig(
          MACHINE,
          "az-1",
          "running",
          "",
          "/dev/xvda",
          Map.of(
              "/dev/xvda", new Rig.Attached("vol-00000001", "attached", true),
              "/dev/sdf", new Rig.Attached("vol-00000002", "attached", false),
              "/dev/sdg", new Rig.Attached("vol-00000003", "attached", false)),
          false,
          new Rig.Make("ami-1", "t3.micro", "Windows", "x86_64"),
          null);

  private static RestoreAsk ask(@Nullable RootPath path, String... volumes) {
    return new RestoreAsk(
        RestoreAsk.Action.PLAN,
        null,
        List.of(MACHINE),
        null,
        RestoreAsk.NEWEST,
        path,
        List.of(volumes),
        null,
        null,
        "operator",
        ZoneOffset.UTC);
  }

  private static List<String> problems(String... volumes) {
    Problems problems = new Problems();
    new Exchanges(ask(null, volumes)).check(RIG, problems);
    return problems.list().stream().map(Problem::toString).toList();
  }

  private static Bed bed(String... volumes) {
    Route.Chosen chosen = Route.choose(ask(null, volumes).pathAsked(), Set.of());
    Route route = assertInstanceOf(Route.Chosen.Open.class, chosen).route();
    return new Bed(
        MACHINE, "az-1", "running", "vol-00000001", NOW, POINT, true, "silent", "", null, route);
  }

  private static Blueprint then() {
    return new Blueprint(
        "/dev/xvda",
        Map.of(
            "/dev/xvda", new Blueprint.Piece("vol-00000001", THEN, true, "snap-root"),
            "/dev/sdf", new Blueprint.Piece("vol-00000002", DATA, false, "snap-f"),
            "/dev/sdg", new Blueprint.Piece("vol-00000009", DATA, false, "snap-g")));
  }

  private static Sight sight(Blueprint blueprint, @Nullable String madeFrom) {
    Map<String, Volume> volumes = new HashMap<>();
    for (String id : List.of("vol-00000001", "vol-00000002", "vol-00000003")) {
      volumes.put(id, new Volume(id, "az-1", "in-use", LIVE, madeFrom, List.of(), Map.of()));
    }
    return Sight.look(NOW).blueprints(Map.of("snap-root", blueprint)).volumes(volumes).seen();
  }

  private static Bed detailed(Sight sight, String... volumes) {
    return new Exchanges(ask(null, volumes)).detailed(bed(volumes), RIG, sight);
  }

  @Test
  void pathIsTheOneThatCostsLess_unlessAnotherIsAskedForOrItIsClosed() {
    assertEquals("A", chosen(null, Set.of()));
    assertEquals("B: it was asked for", chosen(RootPath.B, Set.of()));
    assertEquals(
        "B: path A is closed: " + Unrestorable.BARE_METAL.sentence(),
        chosen(null, Set.of(Unrestorable.BARE_METAL)));
    assertEquals(
        "none: path B is closed: " + Unrestorable.SPOT.sentence(),
        chosen(RootPath.B, Set.of(Unrestorable.SPOT)));
    assertEquals(
        "none: path A is closed: "
            + Unrestorable.BARE_METAL.sentence()
            + " And path B is closed: "
            + Unrestorable.STOP_PROTECTION.sentence(),
        chosen(null, Set.of(Unrestorable.BARE_METAL, Unrestorable.STOP_PROTECTION)));
    assertEquals("A", chosen(null, null));
    assertEquals(
        "none: what stands in the way of path B could not be read; ask again",
        chosen(RootPath.B, null));
  }

  private static String chosen(@Nullable RootPath asked, @Nullable Set<Unrestorable> known) {
    return switch (Route.choose(asked, known)) {
      case Route.Chosen.Open open ->
          open.route().path()
              + (open.route().because().isEmpty() ? "" : ": " + open.route().because());
      case Route.Chosen.None none -> "none: " + none.why();
    };
  }

  /** Whoever confirms the plan has read what it costs, so that is what he agrees to. */
  @Test
  void priceOfPathB_isAgreedToByTheConfirmation() {
    Set<Unrestorable> known = Set.of(Unrestorable.PUBLIC_ADDRESS, Unrestorable.AUTO_SCALING);
    Route.Chosen.Open open = (Route.Chosen.Open) Route.choose(RootPath.B, known);
    assertEquals(
        new Agreement(RootPath.B, Set.of(Unrestorable.PUBLIC_ADDRESS), List.of()),
        open.route().agreement());
    Route.Chosen.Open free = (Route.Chosen.Open) Route.choose(RootPath.B, Set.of());
    assertNotEquals(open.route().fact(), free.route().fact(), "the hash covers the price");
  }

  @Test
  void wrongName_isToldWithTheDevicesThatExist() {
    String known = ", which has /dev/sdf (vol-00000002), /dev/sdg (vol-00000003)";
    assertEquals(
        List.of(new Problem("volumes[0]", "is no data volume of " + MACHINE + known).toString()),
        problems("/dev/sdz", "/dev/sdf"));
    assertEquals(
        List.of(
            new Problem("volumes[1]", "names the same volume of " + MACHINE + " a second time")
                .toString()),
        problems("/dev/sdf", "vol-00000002"));
    assertEquals(
        List.of(
            new Problem(
                    "volumes[0]",
                    "is the root of " + MACHINE + ", which goes back anyway: leave it out")
                .toString()),
        problems("vol-00000001"));
  }

  @Test
  void newVolumes_areAsTheyWereWhenTheRestorePointWasTaken() {
    Bed bed = detailed(sight(then(), null), "vol-00000002");
    assertEquals(
        new Agreement(
            RootPath.B,
            Set.of(),
            List.of(new Agreement.DataVolume("/dev/sdf", "vol-00000002", "snap-f", DATA, false))),
        bed.agreement());
    assertEquals(
        new Route.NewRoot(THEN, true, true), Objects.requireNonNull(bed.route()).newRoot());
  }

  @Test
  void restorePointWithoutAManifest_isMadeAsTheLiveRootIs() {
    Exchanges exchanges = new Exchanges(ask(RootPath.B));
    Bed bed = exchanges.detailed(bed("/dev/sdf"), RIG, sight(Blueprint.NONE, null));
    assertEquals(
        new Route.NewRoot(LIVE, true, false), Objects.requireNonNull(bed.route()).newRoot());
    assertEquals(
        "its restore point snap-root has no snapshot of what is at /dev/sdf",
        detailed(sight(Blueprint.NONE, null), "/dev/sdf").obstacle());
  }

  /** Somebody has put another volume there since, unless a restore did. */
  @Test
  void otherVolumeAtTheDevice_isNotThrownAway() {
    assertEquals(
        "at /dev/sdg is vol-00000003 now, and its restore point holds vol-00000009",
        detailed(sight(then(), "snap-of-others"), "/dev/sdg").obstacle());
    assertEquals("", detailed(sight(then(), "snap-g"), "/dev/sdg").obstacle());
  }
}
