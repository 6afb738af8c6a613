package dev.ringfence.infra.least;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.infra.Synth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags bound what a role may remove, and which tags it may write. */
class TagBoundsTest {
  private static List<JsonNode> conditions(CellFunction function, String action) {
    return Granted.to(Synth.cell(), function).statements().stream()
        .filter(one -> one.actions().contains(action))
        .map(Granted.Statement::condition)
        .filter(condition -> !condition.at("/StringEquals").has("ec2:CreateAction"))
        .toList();
  }

  private static List<String> texts(JsonNode oneOrMany) {
    List<String> texts = new ArrayList<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(one -> texts.add(one.asText()));
    } else {
      texts.add(oneOrMany.asText());
    }
    return texts;
  }

  @Test
  void sweep_removesOnlyWhatWasMadeBecauseOfTheCellsOwnProducts() {
    List<List<String>> products =
        conditions(CellFunction.EXPIRY_SWEEP, "ec2:DeleteSnapshot").stream()
            .map(condition ->
                texts(condition.path("StringLike").path("aws:ResourceTag/ringfence:release")))
            .toList();
    assertEquals(List.of(List.of("falcon *", "patches *")), products);
  }

  @Test
  void restore_cannotMarkAVolumeAsADrillsOwnWhichWouldRemoveIt() {
    List<List<String>> keys =
        conditions(CellFunction.RESTORE_BEAT, "ec2:CreateTags").stream()
            .map(
                condition -> texts(condition.path("ForAllValues:StringEquals").path("aws:TagKeys")))
            .toList();
    assertEquals(
        List.of(
            List.of(
                "ringfence:expires",
                "ringfence:machine",
                "ringfence:operation",
                "ringfence:release")),
        keys);
  }
}
