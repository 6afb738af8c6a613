package dev.ringfence.record;

import static dev.ringfence.record.Trial.FORM;
import static dev.ringfence.record.Trial.START;
import static dev.ringfence.record.Trial.ended;
import static dev.ringfence.record.Trial.head;
import static dev.ringfence.record.Trial.parts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.record.Trial.TrialHead;
import dev.ringfence.record.Trial.TrialPart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What whoever looks at a store from outside may expect of it: lists, and a quarantine lifted. */
abstract class RecentContract extends CustodyContract {
  @Test
  void recent_areThoseThatGoOnAndThenTheNewestThatEnded() {
    for (String id : List.of("b", "a", "c", "d")) {
      created(id, 1);
    }
    assertEquals(List.of(head("a"), head("b"), head("c"), head("d")), store().recent(FORM));
    assertEquals(List.of(), store().recent(Trial.RESTORE));
    commit(loaded("b"), ended("b"), parts(1));
    store().ended(FORM.kind(), "b", START.plusSeconds(2));
    store().ended(FORM.kind(), "a", START.plusSeconds(1));
    store().ended(FORM.kind(), "b", START.plusSeconds(9));
    store().ended(FORM.kind(), "never created", START);
    store().ended(FORM.kind(), "d", START.plusSeconds(5));
    assertEquals(List.of(head("c"), head("d"), ended("b"), head("a")), store().recent(FORM));
  }

  @Test
  void recent_forgetsWhatEndedLongAgo() {
    for (int i = 0; i < Store.ENDED_KEPT + 2; i++) {
      created("r" + i, 0);
      store().ended(FORM.kind(), "r" + i, START.plusSeconds(i));
    }
    created("open", 0);
    List<TrialHead> recent = store().recent(FORM);
    assertEquals(1 + Store.ENDED_KEPT, recent.size());
    assertEquals("open", recent.getFirst().id());
    assertEquals("r" + (Store.ENDED_KEPT + 1), recent.get(1).id());
    assertEquals("r2", recent.getLast().id());
  }

  @Test
  void whatAPersonAgreedTo_isKeptWithWhatTheyAskedFor() {
    created(ID, 0);
    for (Consent agreed : List.of(Consent.REPLACEMENT, Consent.ALL, new Consent(true, false))) {
      Request request = new Request(Request.Wish.APPROVE, "anna", "go", START, agreed);
      assertTrue(store().ask(ID, request));
      Operation<TrialHead, TrialPart> asked = loaded(ID);
      assertEquals(request, asked.request());
      Operation<TrialHead, TrialPart> answered =
          new Operation<>(asked.head(), asked.parts(), null, asked.version());
      store().commit(FORM, asked, answered, List.of(), List.of());
    }
  }

  @Test
  void lifted_isNoLongerQuarantinedAndTheRestIs() {
    assertFalse(store().lift(LANE, "v1"));
    commitClaims(
        created(ID, 0),
        new LaneClaim.Take(LANE, ID),
        new LaneClaim.Quarantine(LANE, "v1", "sha-1", "harm"),
        new LaneClaim.Quarantine(LANE, "v2", "sha-2", "more harm"));
    assertTrue(store().lift(LANE, "v1"));
    assertFalse(store().lift(LANE, "v1"));
    assertEquals(Map.of("v2", "more harm"), store().lane(LANE).quarantined());
    assertEquals(ID, store().lane(LANE).holder());
  }
}
