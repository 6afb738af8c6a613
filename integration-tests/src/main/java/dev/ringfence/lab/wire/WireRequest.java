package dev.ringfence.lab.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An HTTP request as it arrived, whichever way it came.
 *
 * @param path with its leading slash, still percent-encoded
 * @param query what follows the question mark, still percent-encoded; mostly empty
 * @param headers by lower-case name; of a repeated header the first value
 */
public record WireRequest(
    String method, String path, String query, Map<String, String> headers, SdkBytes body) {
  /**
   * 16 MiB: DynamoDB's largest request, the largest that any service behind this wire takes. A
   * small compressed body must not be able to fill the heap.
   */
  static final int LARGEST_BODY_BYTES = 16 * 1024 * 1024;

  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** The body without the compression that the SDK applies to PutMetricData beyond 10 KiB. */
  byte[] plainBody() {
    if (!"gzip".equals(header("content-encoding"))) {
      return body.asByteArrayUnsafe();
    }
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(body.asByteArrayUnsafe()))) {
      byte[] plain = unzipped.readNBytes(LARGEST_BODY_BYTES + 1);
      if (plain.length > LARGEST_BODY_BYTES) {
        throw new AwsFault("RequestEntityTooLarge", 413, "The unzipped body is over 16 MiB");
      }
      return plain;
    } catch (IOException notGzip) {
      throw new AwsFault("SerializationException", 400, "The body is not gzip as it claims to be");
    }
  }
}
