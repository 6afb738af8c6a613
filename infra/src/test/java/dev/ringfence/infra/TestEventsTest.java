package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.plane.Lab;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What an operator picks at the Test button, sent to the function that it is for: understood, in a
 * cell that knows nothing of the machines and operations that the examples name.
 */
class TestEventsTest {
  private static final String SCHEMA = "AWS::EventSchemas::Schema";
  private static final int MACHINES = 3;
  private static final long SEED = 7;

  /** No field is unknown or malformed; what is missing is the thing that the field names. */
  private static final String ANSWERS =
      """
      drill/abandon: Nothing was changed: id is no drill of this account and Region.
      drill/confirm-the-plan: Nothing was changed: product has no policy in this account and \
      Region.
      drill/plan-one-class: Nothing was changed: product has no policy in this account and Region.
      drill/plan-one-machine: Nothing was changed: product has no policy in this account and \
      Region.
      drill/plan-what-is-due: Nothing was changed: product has no policy in this account and \
      Region.
      drill/status-of-a-product: Nothing was changed: product has no policy in this account \
      and Region.
      drill/status-of-everything: No drill is under way.
      restore/confirm-the-plan: Nothing was changed: machines[0] was in no rollout of this \
      account and Region, so nothing is known of it.
      restore/halt-a-restore: Nothing was changed: id is no restore of this account and Region.
      restore/plan-all-of-a-rollout: Nothing was changed: rollout is no rollout of this \
      account and Region.
      restore/plan-by-path-b: Nothing was changed: machines[0] was in no rollout of this \
      account and Region, so nothing is known of it.
      restore/plan-older-point: Nothing was changed: machines[0] was in no rollout of this \
      account and Region, so nothing is known of it.
      restore/plan-one-machine: Nothing was changed: machines[0] was in no rollout of this \
      account and Region, so nothing is known of it.
      restore/plan-with-a-data-volume: Nothing was changed: machines[0] was in no rollout of this \
      account and Region, so nothing is known of it.
      restore/status-of-everything: No restore is under way.
      rollout/abort-one: Nothing was changed: id is no rollout of this account and Region; \
      there is none.
      rollout/halt-one: Nothing was changed: id is no rollout of this account and Region; \
      there is none.
      rollout/halt-product: Nothing was halted: no rollout of falcon-content is under way.
      rollout/lift-quarantine: falcon-content 2026.11.03.2 is not quarantined, so nothing was \
      changed.
      rollout/lift-quarantine-confirm: falcon-content 2026.11.03.2 is not quarantined, so \
      nothing was changed.
      rollout/plan-next-release: Nothing was changed: product is unknown: there is no policy \
      for falcon-content.
      rollout/status-of-everything: No rollout is under way.
      rollout/status-of-one: Nothing was changed: id is no rollout of this account and Region; \
      there is none.
      """;

  /** By function and event; the lab calls its functions as the template does. */
  private static Map<String, String> answers() throws IOException {
    Map<String, String> answers = new TreeMap<>();
    try (Lab lab = Lab.open(FleetSpec.of(MACHINES, SEED).running("falcon", "1.0.0"), beat -> {})) {
      for (JsonNode schema : Synth.cell().all(SCHEMA)) {
        String function =
            schema.at("/Properties/SchemaName").asText().replaceAll("^_|-schema$", "");
        Synth.json(schema.at("/Properties/Content").asText())
            .at("/components/examples")
            .properties()
            .forEach(example ->
                answers.put(
                    function.substring("ringfence-".length()) + "/" + example.getKey(),
                    answer(lab, function, example.getValue().path("value"))));
      }
    }
    return answers;
  }

  private static String answer(Lab lab, String function, JsonNode event) {
    return switch (lab.plane().lambda().invoke(function, event)) {
      case LabLambda.Outcome.Returned(JsonNode told) -> told.path("answer").asText();
      case LabLambda.Outcome.Failed failed -> failed.toString();
    };
  }

  @Test
  void eachEvent_isUnderstoodByItsFunction() throws IOException {
    assertEquals(ANSWERS, lines(answers()));
  }

  private static String lines(Map<String, String> answers) {
    StringBuilder lines = new StringBuilder();
    answers.forEach((event, answer) -> lines.append(event + ": " + answer + "\n"));
    return lines.toString();
  }
}
