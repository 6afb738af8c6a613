package dev.ringfence.functions.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * JSON made small. A body repeats what both sides know anyway, so it is deflated with a preset
 * dictionary: the {@link Scaffold}, or an earlier state of the same thing. The stream begins with
 * the checksum of its dictionary (RFC 1950, "DICTID"), so what is unpacked with the wrong one is
 * refused and never misread.
 */
final class Packed {
  /** More at once gains nothing: bodies are some kilobytes. */
  private static final int BUFFER_BYTES = 8 * 1024;

  /** How a gzip file begins (RFC 1952, "ID1 ID2"); a zlib stream cannot begin like this. */
  private static final int GZIP_FIRST = 0x1F;

  private Packed() {}

  static byte[] deflate(byte[] json, byte[] dictionary) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setDictionary(dictionary);
      deflater.setInput(json);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * @throws UncheckedIOException when it was packed with another dictionary, or is no packed body
   */
  static byte[] inflate(byte[] packed, byte[] dictionary) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!inflater.finished()) {
        int length = inflater.inflate(buffer);
        if (inflater.needsDictionary()) {
          inflater.setDictionary(dictionary);
        } else if (length == 0 && inflater.needsInput()) {
          throw new DataFormatException("it ends too early");
        }
        json.write(buffer, 0, length);
      }
      return json.toByteArray();
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new UncheckedIOException(new IOException("a stored body cannot be unpacked", e));
    } finally {
      inflater.end();
    }
  }

  /** Whether it was packed before there were dictionaries. */
  static boolean isGzip(byte[] packed) {
    return packed.length > 0 && packed[0] == GZIP_FIRST;
  }

  static byte[] gunzip(byte[] packed) {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
