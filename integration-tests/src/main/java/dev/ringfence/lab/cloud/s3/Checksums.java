package dev.ringfence.lab.cloud.s3;

import dev.ringfence.lab.wire.AwsFault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Holds content against the checksums that came with it, as S3 does before it stores anything. */
final class Checksums {
  private Checksums() {}

  /**
   * The checksums that a request gave, by name.
   *
   * @throws AwsFault {@code BadDigest} when one of them is another content's
   */
  static Map<String, String> checked(PutObjectRequest request, byte[] content) {
    Map<String, String> right = new TreeMap<>();
    check(right, "md5", request.contentMD5(), digest("MD5", content));
    check(right, "crc32", request.checksumCRC32(), sum(new CRC32(), content));
    check(right, "crc32c", request.checksumCRC32C(), sum(new CRC32C(), content));
    check(right, "sha1", request.checksumSHA1(), digest("SHA-1", content));
    check(right, "sha256", request.checksumSHA256(), digest("SHA-256", content));
    return right;
  }

  private static void check(
      Map<String, String> right, String name, @Nullable String claimed, byte[] actual) {
    if (claimed == null) {
      return;
    }
    if (!Arrays.equals(Base64.getDecoder().decode(claimed), actual)) {
      throw new AwsFault(
          "BadDigest",
          400,
          "The " + name + " you specified did not match the calculated checksum.");
    }
    right.put(name, claimed);
  }

  static String etag(byte[] content) {
    return '"' + HexFormat.of().formatHex(digest("MD5", content)) + '"';
  }

  private static byte[] sum(Checksum checksum, byte[] content) {
    checksum.update(content);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(algorithm + " is part of every Java", impossible);
    }
  }
}
