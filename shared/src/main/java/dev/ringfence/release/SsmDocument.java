package dev.ringfence.release;

import java.util.regex.Pattern;

/**
 * A Systems Manager document, pinned: the numbered version and the hash that SendCommand compares
 * ({@code DocumentHash} with {@code DocumentHashType} Sha256), so that what was signed is what
 * runs.
 *
 * @param name name or ARN, by the pattern of SendCommand's {@code DocumentName}
 * @param version a positive number; {@code $LATEST} and {@code $DEFAULT} move, so they are refused
 * @param sha256 64 lowercase hexadecimal digits
 */
public record SsmDocument(String name, String version, String sha256) {
  static final String NAME = "[a-zA-Z0-9_\\-.:/]{3,128}";
  static final String VERSION = "[1-9][0-9]{0,8}";
  static final String SHA256 = "[0-9a-f]{64}";

  public SsmDocument {
    require("name", NAME, name);
    require("version", VERSION, version);
    require("sha256", SHA256, sha256);
  }

  private static void require(String field, String pattern, String value) {
    if (!Pattern.matches(pattern, value)) {
      throw new IllegalArgumentException("document " + field + " must match " + pattern);
    }
  }
}
