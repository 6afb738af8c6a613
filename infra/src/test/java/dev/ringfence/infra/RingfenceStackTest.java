package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.contract.ClockDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What the template says; nothing is deployed. */
class RingfenceStackTest {
  private static final Template TEMPLATE =
      Template.fromStack(new RingfenceStack(new App(), "Ringfence"));

  private static Map<String, Object> named(String service, String resource) {
    return Map.of(
        "Fn::Join",
        List.of(
            "",
            List.of(
                "arn:",
                Map.of("Ref", "AWS::Partition"),
                ":" + service + ":",
                Map.of("Ref", "AWS::Region"),
                ":",
                Map.of("Ref", "AWS::AccountId"),
                ":" + resource)));
  }

  @Test
  void table_isKeyedByTwoTextsAndOutlivesTheStack() {
    TEMPLATE.hasResource(
        "AWS::DynamoDB::Table",
        Map.of(
            "DeletionPolicy",
            "Retain",
            "Properties",
            Match.objectLike(
                Map.of(
                    "KeySchema",
                    List.of(
                        Map.of("AttributeName", "pk", "KeyType", "HASH"),
                        Map.of("AttributeName", "sk", "KeyType", "RANGE")),
                    "BillingMode",
                    "PAY_PER_REQUEST",
                    "DeletionProtectionEnabled",
                    true))));
  }

  @Test
  void clock_runsTheDefinitionThatTheLabRuns() {
    TEMPLATE.hasResourceProperties(
        "AWS::StepFunctions::StateMachine",
        Map.of(
            "StateMachineName",
            "Ringfence-clock",
            "StateMachineType",
            "STANDARD",
            "DefinitionString",
            ClockDefinition.text(),
            "DefinitionSubstitutions",
            Map.of(
                "RolloutBeatFunctionArn",
                named("lambda", "function:Ringfence-rollout-beat"),
                "RestoreBeatFunctionArn",
                named("lambda", "function:Ringfence-restore-beat"))));
  }

  @Test
  void everyPlaceholderOfTheDefinition_isFilled() {
    Set<String> placeholders =
        Pattern.compile("\\$\\{(\\w+)}")
            .matcher(ClockDefinition.text())
            .results()
            .map((MatchResult place) -> place.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(ClockDefinition.ROLLOUT_BEAT, ClockDefinition.RESTORE_BEAT), placeholders);
  }

  @Test
  void clock_mayCallItsFunctionsAndStartItself() {
    TEMPLATE.hasResourceProperties(
        "AWS::IAM::Policy",
        Map.of(
            "PolicyDocument",
            Match.objectLike(
                Map.of(
                    "Statement",
                    List.of(
                        Map.of(
                            "Action",
                            "lambda:InvokeFunction",
                            "Effect",
                            "Allow",
                            "Resource",
                            List.of(
                                named("lambda", "function:Ringfence-rollout-beat"),
                                named("lambda", "function:Ringfence-restore-beat"))),
                        Map.of(
                            "Action",
                            "states:StartExecution",
                            "Effect",
                            "Allow",
                            "Resource",
                            named("states", "stateMachine:Ringfence-clock")))))));
  }
}
