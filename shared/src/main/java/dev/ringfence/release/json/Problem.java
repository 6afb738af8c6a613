package dev.ringfence.release.json;

/**
 * One thing that is wrong with an input.
 *
 * @param field path of the field, for example {@code manifest.document.sha256}
 * @param message what the field must be, worded to be read after the path
 */
public record Problem(String field, String message) {
  @Override
  public String toString() {
    return field + " " + message;
  }
}
