package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.operation.Exposure;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Sight;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a machine had on it what is quarantined now. */
class HistoriesTest {
  private static final Instant THEN = Given.START.plus(Duration.ofMinutes(5));

  private final TestingStore store = new TestingStore();
  private final Operation<Rollout, Batch> rollout = Given.content().machines(60).running();
  private final String machine = rollout.parts().getFirst().members().getFirst().machine();
  private final Lane lane = Lane.free(rollout.head().lane());

  private List<Exposure> exposures() {
    Sight sight = new Histories(store, "falcon").into(Sight.blind(THEN), Set.of(machine));
    return sight.exposures().getOrDefault(machine, List.of());
  }

  private void ran(Operation<Rollout, Batch> operation, Instant at) {
    ran(operation, at, new MemberPhase.Dispatched(at, 1, 0));
  }

  private void ran(Operation<Rollout, Batch> sent, Instant at, MemberPhase phase) {
    Operation<Rollout, Batch> operation =
        Given.members(sent, 0, m -> m.phase().dispatchedAt() == null ? in(m, phase) : m);
    store.create(RolloutCourse.FORM, operation.head(), operation.parts(), List.of());
    store.point(operation.head().id(), 0, List.of(machine), at);
  }

  private static Member in(Member m, MemberPhase phase) {
    return new Member(
        m.machine(),
        m.zone(),
        m.stratum(),
        m.group(),
        m.groupLimit(),
        m.rootVolume(),
        m.point(),
        phase);
  }

  private static Rollout called(String id, Rollout head) {
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
        head.phase(),
        head.orders(),
        head.exposed());
  }

  @Test
  void quarantinedRelease_wasOnItSinceItWasSent() {
    ran(rollout, THEN);
    assertEquals(List.of(), exposures());
    store.lanes.put(
        lane.id(), lane.banning(Given.VERSION, rollout.head().release().artifact(), "harm"));
    assertEquals(List.of(new Exposure(Given.VERSION, THEN, null)), exposures());
    assertEquals(
        Map.of("i-unknown", List.of()),
        new Histories(store, "falcon").into(Sight.blind(THEN), Set.of("i-unknown")).exposures());
  }

  /** Pointers are written before the command is sent, and the halt came between the two. */
  @Test
  void quarantinedReleaseThatWasNeverSentToIt_wasNotOnIt() {
    store.lanes.put(
        lane.id(), lane.banning(Given.VERSION, rollout.head().release().artifact(), "harm"));
    ran(rollout, THEN, new MemberPhase.LeftOut("the command was never sent"));
    assertEquals(List.of(), exposures());
  }

  @Test
  void anotherReleaseThatItProvedToRun_endsIt_andOneThatItDidNotDoesNot() {
    Instant proven = THEN.plus(Duration.ofHours(1));
    store.lanes.put(lane.id(), lane.banning("7.15.9", "bits", "harm"));
    Operation<Rollout, Batch> earlier = Given.content().machines(60).version("7.15.9").running();
    ran(earlier.with(called("falcon-0", earlier.head()), earlier.parts()), THEN);
    ran(rollout, THEN.plus(Duration.ofMinutes(30)));
    assertEquals(List.of(new Exposure("7.15.9", THEN, null)), exposures());
    store.operations.remove(rollout.head().id());
    ran(
        Given.members(rollout, 0, m -> in(m, new MemberPhase.Proven(THEN, proven))),
        THEN.plus(Duration.ofMinutes(30)));
    assertEquals(List.of(new Exposure("7.15.9", THEN, proven)), exposures());
  }
}
