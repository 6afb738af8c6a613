package dev.ringfence.infra;

import static dev.ringfence.infra.Synth.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Who may put events on the bus, and which events reach which function. */
class IntakesTest {
  private static final Synth CELL = Synth.cell();

  @Test
  void bus_takesReleasesOfNamedPublishers() {
    assertEquals(
        json(
            """
            {
              'Sid': 'publishers-may', 'Effect': 'Allow', 'Principal': '*',
              'Action': 'events:PutEvents', 'Resource': '${RingfenceEventsBus.Arn}',
              'Condition': {
                'ArnLike': {'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/releases']},
                'StringEquals': {'events:detail-type': 'Release Published'}}
            }
            """),
        CELL.properties("AWS::Events::EventBusPolicy", "publishers-may").path("Statement"));
  }

  @Test
  void bus_refusesEverybodyElse_alsoInThisAccount() {
    JsonNode deny =
        CELL.properties("AWS::Events::EventBusPolicy", "others-may-not").path("Statement");
    assertEquals("Deny", deny.path("Effect").asText());
    assertEquals("*", deny.path("Principal").asText());
    JsonNode known = deny.at("/Condition/ArnNotLike/aws:PrincipalArn");
    assertEquals("arn:aws:iam::111122223333:role/releases", known.get(0).asText());
  }

  @Test
  void releases_goToTheirIntakeByItsAlias() {
    JsonNode rule = CELL.properties("AWS::Events::Rule", "ringfence-releases");
    assertEquals(
        json(
            """
            {
              'source': [{'anything-but': {'prefix': 'aws.'}}],
              'detail-type': ['Release Published'],
              'account': ['111122223333']
            }
            """),
        rule.path("EventPattern"));
    assertEquals(
        json(
            """
            [{
              'Id': 'Target0',
              'Arn': '${RingfenceFunctionsreleasepublishedLive}',
              'DeadLetterConfig': {'Arn': '${RingfenceFunctionsreleasepublishedDeadLetters.Arn}'},
              'RetryPolicy': {'MaximumEventAgeInSeconds': 86400, 'MaximumRetryAttempts': 185}
            }]
            """),
        rule.path("Targets"));
    assertTrue(rule.path("EventBusName").asText().contains("Bus"), rule.toString());
  }

  @Test
  void alarms_comeFromTheDefaultBusOfThisAccount() {
    JsonNode rule = CELL.properties("AWS::Events::Rule", "ringfence-alarms");
    assertEquals(
        json(
            """
            {
              'source': ['aws.cloudwatch'],
              'detail-type': ['CloudWatch Alarm State Change'],
              'account': ['${AWS::AccountId}']
            }
            """),
        rule.path("EventPattern"));
    assertTrue(rule.path("EventBusName").isMissingNode(), rule.toString());
  }

  @Test
  void refusedEvents_areKeptForAFortnight() {
    assertEquals(
        json(
            """
            {
              'QueueName': 'ringfence-release-published-dead-letters',
              'MessageRetentionPeriod': 1209600,
              'SqsManagedSseEnabled': true
            }
            """),
        CELL.properties("AWS::SQS::Queue", "ringfence-release-published-dead-letters"));
  }
}
