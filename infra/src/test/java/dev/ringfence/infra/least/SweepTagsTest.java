package dev.ringfence.infra.least;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.infra.Synth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sweep may take off volumes: the day, off those of operations, and nothing else. */
class SweepTagsTest {
  /**
   * A request that names no key passes {@code ForAllValues} and deletes all tags, so there must be
   * one.
   */
  private static final String CONDITION =
      """
      {
        "Null": {"aws:ResourceTag/ringfence:operation": "false", "aws:TagKeys": "false"},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["ringfence:expires"]}
      }
      """;

  @Test
  void onlyTheSweepMayTakeTagsOff_andOnlyTheDayOffVolumesOfOperations() throws IOException {
    List<String> may = new ArrayList<>();
    List<Granted.Statement> statements = new ArrayList<>();
    for (CellFunction function : CellFunction.values()) {
      for (Granted.Statement one : Granted.to(Synth.cell(), function).statements()) {
        if (one.actions().contains("ec2:DeleteTags")) {
          may.add(function.title());
          statements.add(one);
        }
      }
    }
    JsonNode condition = new JsonMapper().readTree(CONDITION);
    assertEquals(List.of(CellFunction.EXPIRY_SWEEP.title()), may);
    assertEquals(
        List.of(
            new Granted.Statement(
                List.of("ec2:DeleteTags"),
                List.of("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/*"),
                condition)),
        statements);
  }
}
