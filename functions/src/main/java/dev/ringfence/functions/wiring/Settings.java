package dev.ringfence.functions.wiring;

import dev.ringfence.contract.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the stack tells a function, read once and checked.
 *
 * @param cell what the cell is called
 * @param clock the state machine's ARN
 * @param evidence the evidence bucket's name; empty for functions that keep none
 * @param bus the name of the cell's event bus; empty for functions that tell nothing
 */
public record Settings(
    String region, String cell, String table, String clock, String evidence, String bus) {

  /** One variable, with what it must look like. */
  private enum Wanted {
    REGION(Variables.REGION, "[a-z]{2,}(-[a-z]+)+-[0-9]+", "a Region, such as eu-central-1"),
    CELL(
        Variables.CELL,
        Variables.CELL_NAME,
        "the cell's name: a letter and up to 30 letters, digits and dashes"),
    TABLE(
        Variables.TABLE,
        "[A-Za-z0-9_.-]{3,255}",
        "the name of a DynamoDB table: 3 to 255 of letters, digits, _ . -"),
    CLOCK(
        Variables.CLOCK,
        "arn:[a-z-]+:states:[a-z0-9-]+:[0-9]{12}:stateMachine:[A-Za-z0-9_.-]{1,80}",
        "the ARN of a Step Functions state machine"),
    EVIDENCE(
        Variables.EVIDENCE,
        "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        "the name of an S3 bucket: 3 to 63 of small letters, digits, . -"),
    BUS(
        Variables.BUS,
        "[A-Za-z0-9_.-]{1,256}",
        "the name of an event bus: 1 to 256 of letters, digits, _ . -");

    private final String variable;
    private final String pattern;
    private final String label;

    Wanted(String variable, String pattern, String label) {
      this.variable = variable;
      this.pattern = pattern;
      this.label = label;
    }

    /** What only some functions are told; empty for the others. */
    private String readIfSet(Map<String, String> environment, List<String> problems) {
      return environment.getOrDefault(variable, "").isBlank() ? "" : read(environment, problems);
    }

    private String read(Map<String, String> environment, List<String> problems) {
      String value = environment.getOrDefault(variable, "");
      if (value.isBlank()) {
        problems.add(variable + " is missing, must be " + label);
      } else if (!value.matches(pattern)) {
        problems.add(variable + " is \"" + value + "\", must be " + label);
      }
      return value;
    }
  }

  /**
   * Reads the environment.
   *
   * @throws InvalidSettings with everything that is wrong with it, not only the first
   */
  public static Settings of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Settings settings =
        new Settings(
            Wanted.REGION.read(environment, problems),
            Wanted.CELL.read(environment, problems),
            Wanted.TABLE.read(environment, problems),
            Wanted.CLOCK.read(environment, problems),
            Wanted.EVIDENCE.readIfSet(environment, problems),
            Wanted.BUS.readIfSet(environment, problems));
    if (!problems.isEmpty()) {
      throw new InvalidSettings(String.join("; ", problems));
    }
    return settings;
  }

  /** The function was deployed with an environment that it cannot work in. */
  public static final class InvalidSettings extends RuntimeException {
    InvalidSettings(String problems) {
      super(problems);
    }
  }
}
