package dev.ringfence.functions.aws;

import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place that decides what a failed call means.
 *
 * <p>Refused needs an answer from the service itself, with a 4xx status and a code that the same
 * request would earn again. Everything else is unsettled: no answer at all (time-out, lost
 * connection, no credentials to sign with), a 5xx (the service may have acted before it failed), a
 * throttle, credentials that ran out, and limits that pass by themselves. To look once more costs a
 * call; to believe wrongly that nothing happened costs a second update.
 *
 * <p>Codes as in "Error codes for the Amazon EC2 API", "Common errors" of the Systems Manager API
 * reference and the SDK's own list of throttling codes.
 */
final class AwsErrors {
  /** Where 4xx ends: from here on the service itself failed. */
  private static final int SERVER_FAILED = 500;

  /** The client's fault starts here; below there is no refusal, whatever else it may be. */
  private static final int CLIENT_AT_FAULT = 400;

  /** HTTP's own time-out, which says nothing of what was done. */
  private static final int REQUEST_TIMEOUT = 408;

  /** Too many requests. */
  private static final int TOO_MANY_REQUESTS = 429;

  /** A message is kept for the journal, which is no place for a page of text. */
  private static final int MESSAGE_CHARS_MAX = 300;

  /** 4xx codes of limits that refill or free themselves; nothing was done, later it may be. */
  private static final Set<String> PASSING_LIMITS =
      Set.of(
          "ConcurrentSnapshotLimitExceeded",
          "PendingSnapshotLimitExceeded",
          "SnapshotCreationPerVolumeRateExceeded",
          "RequestLimitExceeded",
          "RateExceeded",
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "TooManyRequestsException",
          "RequestThrottled",
          "EC2ThrottledException");

  /** 4xx codes of credentials or clocks that are put right by the next function instance. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "IncompleteSignature",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "RequestExpired",
          "RequestTimeTooSkewed");

  /** Codes of a service that failed, which some services send with a 4xx status. */
  private static final Set<String> SERVICE_FAILED =
      Set.of("InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable");

  private AwsErrors() {}

  /** What came of an effect whose call failed like this. */
  static Outcome settle(String key, SdkException failure) {
    if (failure instanceof AwsServiceException service && isRefusal(service)) {
      return new Outcome.Refused(key, code(service), cut(message(service)));
    }
    return new Outcome.Unsettled(
        key, reason(failure), failure instanceof Pacer.Spent ? How.POSTPONED : How.UNCLEAR);
  }

  /** Whether AWS answered no, and would again. */
  static boolean isRefused(SdkException failure) {
    return failure instanceof AwsServiceException service && isRefusal(service);
  }

  /** Why a call failed, in a few words that hold nothing of the request. */
  static String reason(SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      return code(service);
    }
    String said = failure.getMessage();
    return cut(said == null ? failure.getClass().getSimpleName() : said);
  }

  /**
   * Whether one id in a request for many is unknown or malformed, for which EC2 and Systems Manager
   * refuse the whole request.
   */
  static boolean spoiledByAnId(SdkException failure) {
    if (!(failure instanceof AwsServiceException service)) {
      return false;
    }
    String code = code(service);
    return code.endsWith(".NotFound")
        || code.endsWith(".Malformed")
        || code.equals("InvalidInstanceId")
        || code.equals("InvalidInstanceInformationFilterValue");
  }

  static boolean hasCode(SdkException failure, String code) {
    return failure instanceof AwsServiceException service && code(service).equals(code);
  }

  /** The words of the service without the SDK's addition of service, status and request id. */
  static String message(SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      AwsErrorDetails details = service.awsErrorDetails();
      if (details != null && details.errorMessage() != null) {
        return details.errorMessage();
      }
    }
    String said = failure.getMessage();
    return said == null ? "" : said;
  }

  private static boolean isRefusal(AwsServiceException failure) {
    int status = failure.statusCode();
    String code = code(failure);
    return status >= CLIENT_AT_FAULT
        && status < SERVER_FAILED
        && status != REQUEST_TIMEOUT
        && status != TOO_MANY_REQUESTS
        && !failure.isThrottlingException()
        && !PASSING_LIMITS.contains(code)
        && !CREDENTIALS.contains(code)
        && !SERVICE_FAILED.contains(code);
  }

  private static String code(AwsServiceException failure) {
    AwsErrorDetails details = failure.awsErrorDetails();
    if (details != null && details.errorCode() != null) {
      return details.errorCode();
    }
    return "HTTP " + failure.statusCode();
  }

  private static String cut(String text) {
    return text.length() <= MESSAGE_CHARS_MAX ? text : text.substring(0, MESSAGE_CHARS_MAX);
  }
}
