package dev.ringfence.infra;

import java.util.Arrays;

/**
 * Whether an operator finds ready-made events at the console's Test button. The registry that
 * Lambda keeps such events in has a fixed name, so there is one for each account and Region, and
 * the first team that shares an event makes it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/testing-functions.html">Testing Lambda
 *     functions in the console</a>
 */
public enum TestEvents {
  /** The stack makes the registry too; it stays when the stack goes, as others may use it. */
  NEW_REGISTRY("new"),
  /** The account has the registry already. */
  EXISTING_REGISTRY("existing"),
  /** No events are provisioned. */
  NONE("none");

  private final String title;

  TestEvents(String title) {
    this.title = title;
  }

  /** As the app's context names it. */
  static TestEvents named(String title) {
    return Arrays.stream(values())
        .filter(one -> one.title.equals(title))
        .findFirst()
        .orElseThrow(() ->
            new InvalidProps(
                "testEvents is \""
                    + title
                    + "\", must be one of "
                    + Arrays.stream(values()).map(one -> one.title).toList()));
  }
}
