package dev.ringfence.lab.wire;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A message of S3 with the bytes that travel beside it: the SDK's request and response classes do
 * not hold an object's content.
 *
 * @param message the SDK's own request or response
 * @param content without any framing of the transfer
 */
public record Streamed(SdkPojo message, SdkBytes content) implements SdkPojo {
  /** A message without content. */
  public static Streamed of(SdkPojo message) {
    return new Streamed(message, SdkBytes.fromByteArrayUnsafe(new byte[0]));
  }

  /**
   * The message as what the operation knows that it is.
   *
   * @throws ClassCastException when the operation was registered for another class
   */
  public <T extends SdkPojo> T as(Class<T> type) {
    return type.cast(message);
  }

  @Override
  public List<SdkField<?>> sdkFields() {
    return message.sdkFields();
  }

  @Override
  public Map<String, SdkField<?>> sdkFieldNameToField() {
    return message.sdkFieldNameToField();
  }
}
