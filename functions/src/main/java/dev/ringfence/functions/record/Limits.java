package dev.ringfence.functions.record;

import java.nio.charset.StandardCharsets;

/** What fits into one item, looked at before anything is written. */
public final class Limits {
  /** DynamoDB's 400 KB for an item, less room for its keys and small attributes. */
  public static final int BODY_BYTES_MAX = 380 * 1024;

  private Limits() {}

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * @param what names the item in the message
   * @throws IllegalStateException when it does not fit: a plan that large is a bug, not an outage
   */
  public static void fits(String what, int bytes) {
    if (bytes > BODY_BYTES_MAX) {
      throw new IllegalStateException(
          "%s takes %,d bytes; an item holds %,d".formatted(what, bytes, BODY_BYTES_MAX));
    }
  }
}
