package dev.ringfence.infra;

import static dev.ringfence.infra.Synth.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.DrillUsage;
import dev.ringfence.control.RestoreUsage;
import dev.ringfence.control.RolloutUsage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators find in the AWS console, and what lets them use it. */
class ConsoleTest {
  private static final Synth CELL = Synth.cell();
  private static final String SCHEMA = "AWS::EventSchemas::Schema";
  private static final String REGISTRY = "AWS::EventSchemas::Registry";

  private static JsonNode examples(String function) throws IOException {
    JsonNode schema = CELL.properties(SCHEMA, "_ringfence-" + function + "-schema");
    assertEquals("lambda-testevent-schemas", schema.path("RegistryName").asText());
    assertEquals("OpenApi3", schema.path("Type").asText());
    return json(schema.path("Content").asText()).at("/components/examples");
  }

  @Test
  void testButton_offersWhatTheFunctionsOfferThemselves() throws IOException {
    JsonNode restore = examples("restore");
    RestoreUsage.examples()
        .forEach((name, event) -> assertEquals(event, restore.path(name).path("value"), name));
    assertEquals(RestoreUsage.examples().size(), restore.size());
    JsonNode rollout = examples("rollout");
    RolloutUsage.examples()
        .forEach((name, event) -> assertEquals(event, rollout.path(name).path("value"), name));
    assertEquals(RolloutUsage.examples().size(), rollout.size());
    JsonNode drill = examples("drill");
    DrillUsage.examples()
        .forEach((name, event) -> assertEquals(event, drill.path(name).path("value"), name));
    assertEquals(DrillUsage.examples().size(), drill.size());
  }

  /** One for each account and Region: whoever has it already must not make it again. */
  @Test
  void registry_isMadeKeptOrLeftToOthers() {
    assertEquals("Retain", CELL.all(REGISTRY).getFirst().path("DeletionPolicy").asText());
    Map<TestEvents, Integer> schemas = Map.of(TestEvents.EXISTING_REGISTRY, 3, TestEvents.NONE, 0);
    schemas.forEach((where, expected) -> {
      Synth cell = Synth.of(props -> props.testEvents(where));
      assertEquals(0, cell.all(REGISTRY).size(), where.toString());
      assertEquals(expected, cell.all(SCHEMA).size(), where.toString());
    });
  }

  @Test
  void operators_mayInvokeTheirFunctionsAndNoOthers() {
    String functions = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    assertEquals(
        json(
            """
            {
              'Action': 'lambda:InvokeFunction', 'Effect': 'Allow',
              'Resource': ['%1$sringfence-rollout', '%1$sringfence-rollout:live',
                           '%1$sringfence-restore', '%1$sringfence-restore:live',
                           '%1$sringfence-drill', '%1$sringfence-drill:live',
                           '%1$sringfence-widget', '%1$sringfence-widget:live']
            }
            """
                .formatted(functions)),
        CELL.properties("AWS::IAM::ManagedPolicy", "ringfence-operators-${AWS::Region}")
            .at("/PolicyDocument/Statement/0"));
  }

  @Test
  void dashboard_showsTheWidgetByItsAlias() throws IOException {
    String body =
        CELL.properties("AWS::CloudWatch::Dashboard", "DashboardBody")
            .path("DashboardBody")
            .asText();
    JsonNode widget = json(body).path("widgets").get(0);
    assertEquals("custom", widget.path("type").asText());
    assertEquals(
        "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:ringfence-widget:live",
        widget.at("/properties/endpoint").asText());
    assertEquals(
        json("{'refresh': true, 'resize': false, 'timeRange': false}"),
        widget.at("/properties/updateOn"));
  }
}
