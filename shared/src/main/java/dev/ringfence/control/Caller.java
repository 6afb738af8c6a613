package dev.ringfence.control;

/**
 * Who asks. Lambda does not tell a function who pressed its Test button, so the name is what the
 * caller gave; the request's id leads to the person in CloudTrail when data events of Lambda are
 * recorded there.
 *
 * @param by the name that was given, or {@code operator}
 * @param request Lambda's id of the request
 */
public record Caller(String by, String request) {
  /** Whoever gives no name. */
  public static final String NOBODY_NAMED = "operator";

  /** As the journal has it. */
  String journalled() {
    return by + " (request " + request + ")";
  }
}
