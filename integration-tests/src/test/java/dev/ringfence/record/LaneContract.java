package dev.ringfence.record;

import static dev.ringfence.record.Trial.running;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.record.Trial.TrialHead;
import dev.ringfence.record.Trial.TrialPart;
import dev.ringfence.release.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operations may expect of lanes in any store, besides all the rest. */
abstract class LaneContract extends StoreContract {
  static final Lane.Id LANE = new Lane.Id("agent", Channel.CONTENT);
  private static final Lane.Id OTHER = new Lane.Id("agent", Channel.CAPABILITY);

  @Test
  void laneThatNobodyWroteTo_isFree() {
    assertEquals(Lane.free(LANE), store().lane(LANE));
  }

  @Test
  void taken_isHeldAndTakingAgainIsHarmless() {
    commitClaims(created(ID, 0), new LaneClaim.Take(LANE, ID));
    commitClaims(loaded(ID), new LaneClaim.Take(LANE, ID));
    assertEquals(new Lane(LANE, ID, null, null, Map.of()), store().lane(LANE));
    assertEquals(Lane.free(OTHER), store().lane(OTHER));
  }

  @Test
  void laneHeldByAnother_refusesTheWholeCommit() {
    commitClaims(created(ID, 0), new LaneClaim.Take(LANE, ID));
    Operation<TrialHead, TrialPart> second = created("rollout-2", 1);
    assertThrows(
        StaleWrite.class,
        () ->
            store()
                .commit(
                    Trial.FORM,
                    second,
                    second.with(running("rollout-2", 1), Trial.parts(2)),
                    List.of(entry(1, "took")),
                    List.of(
                        new LaneClaim.Take(OTHER, "rollout-2"),
                        new LaneClaim.Take(LANE, "rollout-2"))));
    assertEquals(second, loaded("rollout-2"));
    assertEquals(List.of(entry(0, "created")), store().journal("rollout-2"));
    assertEquals(new Lane(LANE, ID, null, null, Map.of()), store().lane(LANE));
    assertEquals(Lane.free(OTHER), store().lane(OTHER));
  }

  @Test
  void tenOperationsThatTakeOneLane_oneGetsIt() throws Exception {
    List<Operation<TrialHead, TrialPart>> all =
        java.util.stream.IntStream.range(0, 10).mapToObj(i -> created("r" + i, 0)).toList();
    List<Boolean> answers =
        concurrently(
            10,
            i -> {
              try {
                commitClaims(all.get(i), new LaneClaim.Take(LANE, "r" + i));
                return true;
              } catch (StaleWrite e) {
                return false;
              }
            });
    assertEquals(1, answers.stream().filter(won -> won).count());
    assertEquals("r" + answers.indexOf(true), store().lane(LANE).holder());
  }

  @Test
  void givenBackComplete_isFreeAndRemembersWhatIsInstalled() {
    store().announce(LANE, "v2");
    commitClaims(created(ID, 0), new LaneClaim.Take(LANE, ID));
    commitClaims(loaded(ID), new LaneClaim.GiveBack(LANE, ID, "v2"));
    assertEquals(new Lane(LANE, null, "v2", "v2", Map.of()), store().lane(LANE));
  }

  @Test
  void givenBackHalted_keepsWhatWasInstalledAndBansTheVersion() {
    commitClaims(created(ID, 0), new LaneClaim.GiveBack(LANE, ID, "v1"));
    commitClaims(loaded(ID), new LaneClaim.Take(LANE, ID));
    commitClaims(
        loaded(ID),
        new LaneClaim.Quarantine(LANE, "v2", "sha-2", "3 machines went silent"),
        new LaneClaim.GiveBack(LANE, ID, null));
    commitClaims(loaded(ID), new LaneClaim.Quarantine(LANE, "v3", "sha-3", "late"));
    assertEquals(
        new Lane(
            LANE,
            null,
            null,
            "v1",
            Map.of("v2", "3 machines went silent", "v3", "late"),
            Map.of("v2", "sha-2", "v3", "sha-3")),
        store().lane(LANE));
  }

  @Test
  void givenBackByWhoDoesNotHoldIt_isRefused() {
    commitClaims(created(ID, 0), new LaneClaim.Take(LANE, ID));
    Operation<TrialHead, TrialPart> other = created("rollout-2", 0);
    assertThrows(
        StaleWrite.class,
        () -> commitClaims(other, new LaneClaim.GiveBack(LANE, "rollout-2", "v9")));
    assertEquals(new Lane(LANE, ID, null, null, Map.of()), store().lane(LANE));
  }

  @Test
  void announced_onlyTheNewestIsNoted() {
    for (String version : List.of("v2", "v1", "v10", "v9")) {
      store().announce(LANE, version);
    }
    assertEquals(new Lane(LANE, null, "v10", null, Map.of()), store().lane(LANE));
  }

  @Test
  void fiveAnnouncedAtOnce_theNewestIsNoted() throws Exception {
    concurrently(
        5,
        i -> {
          store().announce(LANE, "v" + i);
          return i;
        });
    assertEquals("v4", store().lane(LANE).newest());
  }
}
