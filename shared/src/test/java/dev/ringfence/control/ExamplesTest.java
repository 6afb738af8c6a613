package dev.ringfence.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.release.json.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is offered to be pasted or picked can be asked as it stands. */
class ExamplesTest {
  private static Stream<Arguments> examples() {
    return Stream.of(
            of(RolloutUsage.examples(), RolloutAskReader::read),
            of(RestoreUsage.examples(), RestoreAskReader::read),
            of(DrillUsage.examples(), DrillAskReader::read))
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> of(
      Map<String, ObjectNode> examples, Function<JsonNode, Reading<?>> reader) {
    return examples.entrySet().stream()
        .map(one -> Arguments.of(one.getKey(), one.getValue(), reader));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachExample_isAccepted(
      String name, ObjectNode example, Function<JsonNode, Reading<?>> reader) {
    assertInstanceOf(Reading.Accepted.class, reader.apply(example), name);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachName_fitsTheConsole(
      String name, ObjectNode example, Function<JsonNode, Reading<?>> reader) {
    assertTrue(name.matches("[a-z-]{1," + RolloutUsage.NAME_CHARS_MAX + "}"), name);
  }

  @Test
  void emptyInput_answersWithTheVeryExamples() {
    assertEquals(List.copyOf(RolloutUsage.examples().values()), told(RolloutUsage.answer()));
    assertEquals(List.copyOf(RestoreUsage.examples().values()), told(RestoreUsage.answer()));
    assertEquals(List.copyOf(DrillUsage.examples().values()), told(DrillUsage.answer()));
  }

  private static List<JsonNode> told(ObjectNode answer) {
    List<JsonNode> told = new ArrayList<>();
    answer.at("/usage/examples").forEach(told::add);
    return told;
  }
}
