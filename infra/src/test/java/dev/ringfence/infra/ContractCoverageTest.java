package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.awscontract.Contract;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the functions may do they do, as the test of least privilege shows; so every action in their
 * policies is an operation that the contract suite must promise something about.
 */
class ContractCoverageTest {
  /**
   * Actions that are no call of ours: what Lambda does in a function's name, and what IAM asks for
   * beside or instead of the operation.
   */
  private static final Set<String> NO_CALLS_OF_OURS =
      Set.of(
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "sqs:SendMessage",
          // The clock's.
          "lambda:InvokeFunction",
          // Of what a clone is launched with.
          "iam:PassRole",
          // A delete inside of BatchWriteItem and TransactWriteItems.
          "dynamodb:DeleteItem");

  @Test
  void everyActionOfAFunction_hasAPromise() {
    Set<String> without = new TreeSet<>();
    for (JsonNode policy : Synth.cell().all("AWS::IAM::Policy")) {
      for (JsonNode statement : policy.at("/Properties/PolicyDocument/Statement")) {
        actions(statement.path("Action"))
            .filter(action -> !NO_CALLS_OF_OURS.contains(action))
            .filter(action -> !Contract.operations().contains(operation(action)))
            .forEach(without::add);
      }
    }
    assertEquals(Set.of(), without);
  }

  private static Stream<String> actions(JsonNode action) {
    return action.isArray()
        ? action.valueStream().map(JsonNode::asText)
        : Stream.of(action.asText());
  }

  private static String operation(String action) {
    return action.substring(action.indexOf(':') + 1);
  }
}
