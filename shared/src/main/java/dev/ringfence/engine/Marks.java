package dev.ringfence.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for long ones, for keys that AWS bounds. */
final class Marks {
  /** 12 hexadecimal digits: two of a million operations share one with a chance of one in 500. */
  private static final int BYTES = 6;

  private Marks() {}

  /** 12 hexadecimal digits that stand for this name. */
  static String of(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
