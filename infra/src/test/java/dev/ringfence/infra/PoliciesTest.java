package dev.ringfence.infra;

import static dev.ringfence.infra.Synth.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.json.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Policies and props: what is written is what is read later, and what is wrong is named. */
class PoliciesTest {
  private static final Path NO_JAR = Path.of("target", "nowhere.jar");

  @Test
  void builder_writesTheSameAsTheJson() {
    ProductPolicy built =
        ProductPolicy.of("falcon")
            .selecting("agent", "falcon")
            .content(content ->
                content.with(Pace.GROWTH, 5.0).with(Proof.ALARMS, List.of("checkout-errors")))
            .build();
    ProductPolicy read =
        ProductPolicy.fromJson(
            """
            {"product": "falcon", "selector": {"agent": ["falcon"]},
             "content": {"growth": 5, "alarms": ["checkout-errors"]}}
            """);
    assertEquals(read.policy(), built.policy());
    assertEquals(new Reading.Accepted<>(built.policy()), PolicyReader.read(built.json()));
  }

  @Test
  void builderAlone_isTheDefaultPolicy() {
    assertEquals(
        RolloutPolicy.of("falcon", Map.of("agent", List.of("falcon"))),
        ProductPolicy.of("falcon").selecting("agent", "falcon").build().policy());
  }

  @Test
  void wrongSetting_isRefusedWithItsName() {
    assertEquals(
        "policy.content.growth must be a number from 1.25 to 100.0",
        refusal(() ->
            ProductPolicy.of("falcon")
                .selecting("agent", "falcon")
                .content(content -> content.with(Pace.GROWTH, 1.0))
                .build()));
  }

  @Test
  void wrongProps_areRefusedWithTheirNames() {
    refused("name is \"2 fleets\", must be a letter and up to 30", p -> p.name("2 fleets"));
    refused("publishers[1] is \"releases\", must be the ARN", p -> p.publisher("releases"));
    refused("notified[0] is \"ops\", must be an e-mail address", p -> p.notifying("ops"));
    refused("volumeKeys[0] is \"alias/ebs\", must be the ARN", p -> p.volumeKey("alias/ebs"));
    refused("evidenceDays is 0, must be at least 1", p -> p.evidenceDays(0));
    refused(
        "policies has two of the product falcon",
        p -> p.policy(ProductPolicy.of("falcon").selecting("agent", "x").build()));
    starts(
        "functions is " + NO_JAR + ", must be the functions' jar",
        refusal(() -> RingfenceProps.builder(NO_JAR).build()));
    starts(
        "policies must have at least one",
        refusal(() -> RingfenceProps.builder(Synth.jar()).build()));
  }

  @Test
  void deployment_putsEachPolicyAndItsProductInOneTransaction() {
    JsonNode resource = Synth.cell().properties("Custom::RingfencePolicy", "PRODUCT#patches");
    JsonNode put = json(resource.path("Create").asText().replace("'", "\\u0027"));
    assertEquals("transactWriteItems", put.path("action").asText());
    JsonNode items = put.at("/parameters/TransactItems");
    assertEquals(
        json("{'pk': {'S': 'PRODUCTS'}, 'sk': {'S': 'patches'}}"), items.at("/0/Put/Item"));
    JsonNode policy = items.at("/1/Put/Item");
    assertEquals("PRODUCT#patches", policy.at("/pk/S").asText());
    assertEquals("POLICY", policy.at("/sk/S").asText());
    assertEquals(
        new Reading.Accepted<>(RolloutPolicy.of("patches", Map.of("os", List.of("linux")))),
        PolicyReader.read(policy.at("/body/S").asText()));
  }

  private static void refused(String start, UnaryOperator<RingfenceProps.Builder> change) {
    starts(start, refusal(() -> change.apply(Synth.props()).build()));
  }

  private static void starts(String start, String message) {
    assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
  }

  private static String refusal(Executable refused) {
    return String.valueOf(assertThrows(InvalidProps.class, refused).getMessage());
  }
}
