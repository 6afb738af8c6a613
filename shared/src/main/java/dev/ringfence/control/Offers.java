package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutAsk.Action;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.util.List;

/** What can be asked of a rollout as it stands, ready to be pasted. */
final class Offers {
  private static final List<Action> WISHES =
      List.of(Action.HALT, Action.RESUME, Action.APPROVE, Action.SKIP_RING, Action.ABORT);

  private Offers() {}

  static ArrayNode of(Operation<Rollout, Batch> rollout) {
    ArrayNode offers = JsonNodeFactory.instance.arrayNode();
    for (Action action : WISHES) {
      if (RolloutWishes.objection(action, rollout).isEmpty()) {
        ObjectNode offer = Json.of("action", action.title(), "id", rollout.head().id());
        offers.add(action.isConfirmed() ? offer.put("reason", "why") : offer);
      }
    }
    return offers;
  }
}
