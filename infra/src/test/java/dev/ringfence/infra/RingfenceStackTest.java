package dev.ringfence.infra;

import static dev.ringfence.infra.Synth.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.ClockDefinition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What lasts, and what beats: table, evidence and clock. */
class RingfenceStackTest {
  private static final Synth CELL = Synth.cell();

  private static ObjectNode without(JsonNode properties, String... members) {
    ObjectNode copy = properties.deepCopy();
    return copy.without(List.of(members));
  }

  @Test
  void table_isEncryptedRecoverableProtectedAndOutlivesTheStack() {
    JsonNode table = CELL.one("AWS::DynamoDB::Table", "pk");
    assertEquals(
        json(
            """
            {
              'AttributeDefinitions': [
                {'AttributeName': 'pk', 'AttributeType': 'S'},
                {'AttributeName': 'sk', 'AttributeType': 'S'}
              ],
              'KeySchema': [
                {'AttributeName': 'pk', 'KeyType': 'HASH'},
                {'AttributeName': 'sk', 'KeyType': 'RANGE'}
              ],
              'BillingMode': 'PAY_PER_REQUEST',
              'PointInTimeRecoverySpecification': {'PointInTimeRecoveryEnabled': true},
              'SSESpecification': {'SSEEnabled': true},
              'StreamSpecification': {'StreamViewType': 'NEW_AND_OLD_IMAGES'},
              'DeletionProtectionEnabled': true
            }
            """),
        table.path("Properties"));
    assertEquals("Retain", table.path("DeletionPolicy").asText());
    assertEquals("Retain", table.path("UpdateReplacePolicy").asText());
  }

  @Test
  void evidence_isPrivateVersionedEncryptedAndExpires() {
    JsonNode bucket = CELL.one("AWS::S3::Bucket", "ExpirationInDays");
    assertEquals(
        json(
            """
            {
              'BucketEncryption': {'ServerSideEncryptionConfiguration': [
                {'ServerSideEncryptionByDefault': {'SSEAlgorithm': 'AES256'}}]},
              'PublicAccessBlockConfiguration': {
                'BlockPublicAcls': true, 'BlockPublicPolicy': true,
                'IgnorePublicAcls': true, 'RestrictPublicBuckets': true},
              'OwnershipControls': {'Rules': [{'ObjectOwnership': 'BucketOwnerEnforced'}]},
              'VersioningConfiguration': {'Status': 'Enabled'},
              'LifecycleConfiguration': {'Rules': [{
                'AbortIncompleteMultipartUpload': {'DaysAfterInitiation': 1},
                'ExpirationInDays': 90,
                'NoncurrentVersionExpiration': {'NoncurrentDays': 90},
                'Status': 'Enabled'}]}
            }
            """),
        bucket.path("Properties"));
    assertEquals("Retain", bucket.path("DeletionPolicy").asText());
  }

  @Test
  void evidence_isNotSentInTheClear() {
    JsonNode statements =
        CELL.properties("AWS::S3::BucketPolicy", "SecureTransport")
            .path("PolicyDocument")
            .path("Statement");
    assertEquals(
        json(
            """
            {
              'Action': 's3:*', 'Effect': 'Deny', 'Principal': {'AWS': '*'},
              'Condition': {'Bool': {'aws:SecureTransport': 'false'}},
              'Resource': ['${RingfenceEvidenceBucket.Arn}', '${RingfenceEvidenceBucket.Arn}/*']
            }
            """),
        statements.get(0));
  }

  @Test
  void clock_runsTheDefinitionThatTheLabRuns() {
    assertEquals(
        json(
            """
            {
              'StateMachineName': 'ringfence-clock',
              'StateMachineType': 'STANDARD',
              'TracingConfiguration': {'Enabled': false},
              'RoleArn': '${RingfenceClockMachineRole.Arn}',
              'DefinitionSubstitutions': {
                'RolloutBeatFunctionArn': '%1$s:function:ringfence-rollout-beat:live',
                'RestoreBeatFunctionArn': '%1$s:function:ringfence-restore-beat:live',
                'DrillBeatFunctionArn': '%1$s:function:ringfence-drill-beat:live'
              }
            }
            """
                .formatted("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}")),
        without(
            CELL.properties("AWS::StepFunctions::StateMachine", "ringfence-clock"),
            "DefinitionString"));
    assertEquals(
        ClockDefinition.text(),
        CELL.properties("AWS::StepFunctions::StateMachine", "ringfence-clock")
            .path("DefinitionString")
            .asText());
  }

  @Test
  void everyPlaceholderOfTheDefinition_isFilled() {
    Set<String> placeholders =
        Pattern.compile("\\$\\{(\\w+)}")
            .matcher(ClockDefinition.text())
            .results()
            .map((MatchResult place) -> place.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(Clock.BEATS.keySet()), placeholders);
  }

  @Test
  void clock_mayCallItsFunctionsAndStartItself() {
    assertEquals(
        json(
            """
            [
              {
                'Action': 'lambda:InvokeFunction', 'Effect': 'Allow',
                'Resource': [
                  'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:ringfence-drill-beat:live',
                  'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:ringfence-restore-beat:live',
                  'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:ringfence-rollout-beat:live'
                ]
              },
              {
                'Action': 'states:StartExecution', 'Effect': 'Allow',
                'Resource': 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:ringfence-clock'
              }
            ]
            """),
        CELL.properties("AWS::IAM::Policy", "RingfenceClockMachineRoleDefaultPolicy")
            .path("PolicyDocument")
            .path("Statement"));
  }
}
