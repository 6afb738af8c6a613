package dev.ringfence.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash over everything that a person was shown and now says yes to. A fact that has changed
 * since gives another hash, so that nobody confirms what he did not read. It is no secret: it keeps
 * people from mistakes, and IAM keeps others out.
 */
final class Confirm {
  private static final int BYTES = 6;

  /**
   * 48 bits: two plans of one afternoon do not share them, and they are quickly compared by eye.
   */
  static final int CHARS = 2 * BYTES;

  private Confirm() {}

  /** The hash of these facts in this order. */
  static String of(List<String> facts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String fact : facts) {
        byte[] utf8 = fact.getBytes(StandardCharsets.UTF_8);
        // With its length, so that no two lists of facts run together into the same bytes.
        digest.update((utf8.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(utf8);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
