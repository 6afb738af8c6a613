package dev.ringfence.infra.least;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.infra.Synth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags outside of what makes a thing: the exchange on a clone marks the clone's old root. */
class DrillTagsTest {
  @Test
  void volumesThatBearTheDrillTag_mayBeTaggedAgainByTheirDrillAndNoOthers() {
    List<List<String>> resources =
        Granted.to(Synth.cell(), CellFunction.DRILL_BEAT).statements().stream()
            .filter(one -> one.actions().contains("ec2:CreateTags"))
            .filter(one -> !one.condition().at("/StringEquals").has("ec2:CreateAction"))
            .filter(one ->
                one.condition()
                    .path("Null")
                    .path("aws:ResourceTag/ringfence:drill")
                    .asText()
                    .equals("false"))
            .map(Granted.Statement::resources)
            .toList();
    assertEquals(
        List.of(List.of("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/*")),
        resources);
  }
}
