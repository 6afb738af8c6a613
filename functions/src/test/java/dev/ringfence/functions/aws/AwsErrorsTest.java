package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Outcome;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "InvalidDocument, 400",
    "InvalidDocumentVersion, 400",
    "InvalidParameters, 400",
    "InvalidInstanceId, 400",
    "ValidationException, 400",
    "AccessDeniedException, 400",
    "UnauthorizedOperation, 403",
    "InvalidSnapshot.NotFound, 400",
    "IncorrectInstanceState, 400",
    "IdempotentParameterMismatch, 400",
    "TagLimitExceeded, 400"
  })
  void errorThatWouldComeAgain_isRefused(String code, int status) {
    assertEquals(
        new Outcome.Refused("key", code, "says AWS"),
        AwsErrors.settle("key", FakeAws.error(code, status, "says AWS")));
  }

  @ParameterizedTest
  @CsvSource({
    "ThrottlingException, 400",
    "Throttling, 400",
    "RequestLimitExceeded, 503",
    "RequestLimitExceeded, 400",
    "TooManyRequestsException, 429",
    "Whatever, 429",
    "RequestTimeout, 408",
    "InternalServerError, 500",
    "InternalError, 400",
    "ServiceUnavailable, 503",
    "ConcurrentSnapshotLimitExceeded, 400",
    "SnapshotCreationPerVolumeRateExceeded, 400",
    "PendingSnapshotLimitExceeded, 400",
    "ExpiredTokenException, 400",
    "AuthFailure, 401",
    "RequestExpired, 400",
    "Odd, 302"
  })
  void errorThatMayPassOrMayHideADeed_isUnsettled(String code, int status) {
    assertEquals(
        new Outcome.Unsettled("key", code), AwsErrors.settle("key", FakeAws.error(code, status)));
  }

  @Test
  void noAnswerAtAll_isUnsettled() {
    assertEquals(
        new Outcome.Unsettled("key", "Read timed out"),
        AwsErrors.settle(
            "key",
            SdkClientException.create(
                "Read timed out", new SocketTimeoutException("Read timed out"))));
    assertTrue(
        AwsErrors.settle("key", ApiCallTimeoutException.create(1000)) instanceof Outcome.Unsettled);
  }

  @Test
  void errorWithoutACode_isNamedByItsStatus() {
    assertEquals(
        new Outcome.Unsettled("key", "HTTP 502"),
        AwsErrors.settle(
            "key", AwsServiceException.builder().statusCode(502).message("bad gateway").build()));
  }

  @Test
  void longMessage_isCut() {
    Outcome outcome =
        AwsErrors.settle("key", FakeAws.error("InvalidParameters", 400, "x".repeat(5000)));
    assertEquals(new Outcome.Refused("key", "InvalidParameters", "x".repeat(300)), outcome);
  }

  @Test
  void onlyAnUnknownOrMalformedId_spoilsAPage() {
    assertTrue(AwsErrors.spoiledByAnId(FakeAws.error("InvalidInstanceID.NotFound", 400)));
    assertTrue(AwsErrors.spoiledByAnId(FakeAws.error("InvalidInstanceID.Malformed", 400)));
    assertTrue(AwsErrors.spoiledByAnId(FakeAws.error("InvalidInstanceId", 400)));
    assertFalse(AwsErrors.spoiledByAnId(FakeAws.error("RequestLimitExceeded", 503)));
    assertFalse(AwsErrors.spoiledByAnId(SdkClientException.create("NotFound")));
  }
}
