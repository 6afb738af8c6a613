package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Consent;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.RestorePhase;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restore that is too large for one commit is given up all the same. */
class GivingUpTest {
  private static final String ID = "falcon-1-r1";

  private static RestoreOrder order(int machines, Instant now) {
    List<RestoreOrder.Hurt> hurt = new ArrayList<>();
    for (int i = 0; i < machines; i++) {
      hurt.add(
          new RestoreOrder.Hurt(
              String.format(Locale.ROOT, "i-%017x", i),
              "az-1",
              now,
              new RestorePoint("snap-1", now.minusSeconds(60)),
              null,
              "silent"));
    }
    return new RestoreOrder(
        ID,
        "falcon-1",
        "falcon",
        "7.16.1",
        true,
        Consent.ALL,
        new VersionProbe(new SsmDocument("Probe", "1", "0123456789abcdef".repeat(4)), Map.of()),
        Duration.ofHours(1),
        10,
        hurt);
  }

  @ParameterizedTest
  @EnumSource(
      value = Request.Wish.class,
      names = {"HALT", "PERSON"})
  void restoreOfMoreWardsThanOneCommitTakes_isGivenUpInOneCall(Request.Wish wish) {
    Story story = new Story(Given.content().machines(1));
    Instant now = story.time.instant();
    int machines = (Store.PARTS_PER_COMMIT + 1) * Part.MACHINES_MAX;
    story.engine.restore(order(machines, now), new JournalEntry(now, "test", "ordered", ""), now);
    assertTrue(
        story.engine.ask(RestoreCourse.FORM, ID, new Request(wish, "operator", "stop", now)));
    Operation<Restore, Ward> over = story.restore(ID);
    assertEquals(new RestorePhase.Done(now, 0, 0, machines), over.head().phase());
    assertNull(over.request());
  }
}
