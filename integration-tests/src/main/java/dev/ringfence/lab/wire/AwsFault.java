package dev.ringfence.lab.wire;

/**
 * An error answer as AWS gives it: a code, an HTTP status and a sentence. The wire turns it into
 * the protocol's own error shape, so that the SDK raises the same exception class as against AWS.
 */
public final class AwsFault extends RuntimeException {
  private final String code;
  private final int status;

  /**
   * @param code the service's error code, such as {@code RequestLimitExceeded} or {@code
   *     InvalidInstanceId}
   * @param status the HTTP status, such as 400 or 503
   */
  public AwsFault(String code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }
}
