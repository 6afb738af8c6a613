package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** What a team says on cdk's command line: it is read as it was meant, or refused by name. */
class InfraAppTest {
  private static final String POLICY =
      """
      {"product": "falcon", "selector": {"agent": ["falcon"]}, "content": {"growth": %s}}
      """;

  @TempDir Path folder;

  private RingfenceStack stack(Map<String, ?> said) throws IOException {
    Map<String, Object> context = new HashMap<>();
    context.put("functions", Synth.jar().toString());
    context.put("policies", policies("3").toString());
    // What the command line and people's own settings bring along is nobody's mistake.
    context.put("aws:cdk:version-reporting", "true");
    context.put("@aws-cdk/core:newStyleStackSynthesis", "true");
    context.put("cli-telemetry", "false");
    context.putAll(said);
    return InfraApp.addTo(new App(AppProps.builder().context(context).build()));
  }

  private Path policies(String growth) throws IOException {
    Files.writeString(folder.resolve("falcon.json"), POLICY.formatted(growth));
    return folder;
  }

  private void refused(String message, Map<String, ?> said) {
    assertEquals(message, assertThrows(InvalidProps.class, () -> stack(said)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"reservedConcurrency, maybe", "reservedConcurrency, True", "tracing, yes"})
  void switchThatIsNeitherOnNorOff_isRefused(String key, String value) {
    refused(key + " is \"" + value + "\", must be true or false", Map.of(key, value));
  }

  @ParameterizedTest
  @CsvSource({"policy", "publisher", "Name", "reserved-concurrency", "test_events", "region"})
  void contextThatNobodyReads_isRefusedWithWhatThereIs(String key) {
    refused(
        "context has \""
            + key
            + "\", which nobody reads; there are [functions, name, notify, policies, publishers,"
            + " reservedConcurrency, stack, testEvents, tracing, volumeKeys]",
        Map.of(key, "x"));
  }

  @Test
  void wrongValues_areNamed() {
    refused(
        "publishers[1] is \"arn:aws:iam:111122223333:role/releases\", must be the ARN of an IAM"
            + " role or user",
        Map.of(
            "publishers",
            "arn:aws:iam::111122223333:role/a, arn:aws:iam:111122223333:role/releases"));
    refused("notified[0] is \"ops\", must be an e-mail address", Map.of("notify", "ops"));
    refused(
        "testEvents is \"old\", must be one of [new, existing, none]", Map.of("testEvents", "old"));
    refused(
        "stack is \"my_cell\", must be a letter and up to 127 letters, digits and dashes",
        Map.of("stack", "my_cell"));
  }

  @Test
  void foldersOfPolicies_areNamedWhenTheyAreNone() {
    Path missing = folder.resolve("nowhere").toAbsolutePath();
    refused(
        "policies is \""
            + missing
            + "\", must be a folder with a policy in each .json file; "
            + missing
            + " is none",
        Map.of("policies", missing.toString()));
    InvalidProps blank = assertThrows(InvalidProps.class, () -> stack(Map.of("policies", "")));
    assertTrue(String.valueOf(blank.getMessage()).startsWith("policies is \"\", must be"));
  }

  @Test
  void wrongPolicy_isNamedByFileAndField() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("wrong"));
    Path file = Files.writeString(policies.resolve("falcon.json"), POLICY.formatted("1"));
    refused(
        file + ": policy.content.growth must be a number from 1.25 to 100.0",
        Map.of("policies", policies.toString()));
  }

  @Test
  void listInAFile_isAListOfValues() throws IOException {
    RingfenceStack stack =
        stack(
            Map.of(
                "publishers",
                List.of("arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b")));
    assertEquals("Ringfence", stack.getStackName());
  }

  /** Warnings that nobody can mend hide the one that somebody should. */
  @Test
  void stack_warnsOfNothing() throws IOException {
    assertEquals(
        List.of(), Annotations.fromStack(stack(Map.of())).findWarning("*", Match.anyValue()));
  }

  /** Else the second cell would be deployed as a change of the first, which renames all of it. */
  @Test
  void cellWithANameOfItsOwn_isAStackOfItsOwn() throws IOException {
    assertEquals("Ringfence-fleet-two", stack(Map.of("name", "fleet-two")).getStackName());
    assertEquals("edge", stack(Map.of("name", "fleet-two", "stack", "edge")).getStackName());
  }
}
