package dev.ringfence.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one form of a JSON value that signatures and digests are made over: RFC 8785. */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical form of a value.
   *
   * @throws IllegalArgumentException when the value has none: a number that no double holds, or
   *     text with an unpaired surrogate. Writing those anyhow would give two values one form.
   */
  public static String of(JsonNode value) {
    requireForm(value);
    try {
      return new JsonCanonicalizer(value.toString()).getEncodedString();
    } catch (IOException none) {
      throw new IllegalArgumentException("this JSON has no canonical form", none);
    }
  }

  private static void requireForm(JsonNode value) {
    if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      throw new IllegalArgumentException("no double holds this number");
    }
    if (value.isTextual()) {
      requireForm(value.textValue());
    }
    value.fieldNames().forEachRemaining(CanonicalJson::requireForm);
    value.forEach(CanonicalJson::requireForm);
  }

  private static void requireForm(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("text with an unpaired surrogate");
    }
  }

  /** SHA-256 of the text's UTF-8 form, 64 lowercase hexadecimal digits. */
  static String sha256(String canonical) {
    try {
      byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
