package dev.ringfence.lab.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of an object as it was before the SDK framed it. For a checksum that is known only at
 * the end, the SDK sends {@code aws-chunked}: chunks with their sizes, and then trailers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Signature
 *     calculations for trailing headers</a>
 */
final class ObjectContent {
  private static final int HEXADECIMAL = 16;

  private final byte[] framed;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private final Map<String, String> trailers = new LinkedHashMap<>();
  private int at;

  private ObjectContent(byte[] framed) {
    this.framed = framed;
  }

  static byte[] of(WireRequest request) {
    return isFramed(request)
        ? read(request).plain.toByteArray()
        : request.body().asByteArrayUnsafe();
  }

  static @Nullable String trailer(WireRequest request, String name) {
    return isFramed(request) && request.header("x-amz-trailer") != null
        ? read(request).trailers.get(name.toLowerCase(Locale.ROOT))
        : null;
  }

  private static boolean isFramed(WireRequest request) {
    return request.header("x-amz-decoded-content-length") != null;
  }

  private static ObjectContent read(WireRequest request) {
    ObjectContent content = new ObjectContent(request.body().asByteArrayUnsafe());
    content.readChunks();
    content.readTrailers();
    if (!String.valueOf(content.plain.size())
        .equals(request.header("x-amz-decoded-content-length"))) {
      throw incomplete();
    }
    return content;
  }

  private void readChunks() {
    int size = size(line());
    while (size > 0) {
      if (at + size > framed.length) {
        throw incomplete();
      }
      plain.write(framed, at, size);
      at += size;
      line();
      size = size(line());
    }
  }

  private void readTrailers() {
    while (at < framed.length) {
      String line = line();
      int colon = line.indexOf(':');
      if (colon > 0) {
        trailers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
  }

  /** A chunk begins with its size in hexadecimal digits, and may be signed behind a semicolon. */
  private static int size(String line) {
    int semicolon = line.indexOf(';');
    try {
      return Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), HEXADECIMAL);
    } catch (NumberFormatException notASize) {
      throw incomplete();
    }
  }

  private String line() {
    int from = at;
    while (at < framed.length && framed[at] != '\r') {
      at++;
    }
    String line = new String(framed, from, at - from, StandardCharsets.ISO_8859_1);
    at = Math.min(framed.length, at + 2);
    return line;
  }

  private static AwsFault incomplete() {
    return new AwsFault("IncompleteBody", 400, "The request body terminated unexpectedly");
  }
}
