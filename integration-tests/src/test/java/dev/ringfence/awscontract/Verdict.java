package dev.ringfence.awscontract;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What came of a promise on a target. */
sealed interface Verdict {
  /** An answer is quoted, not printed. */
  int WORDS_MAX = 110;

  record Held() implements Verdict {
    @Override
    public String toString() {
      return "held";
    }
  }

  /** The operation is not there at all. */
  record NotThere(String answer) implements Verdict {
    @Override
    public String toString() {
      return "not there: " + answer;
    }
  }

  record Differs(String how) implements Verdict {
    @Override
    public String toString() {
      return "differs: " + how;
    }
  }

  record NotTried(String why) implements Verdict {
    @Override
    public String toString() {
      return "not tried: " + why;
    }
  }

  /** The target has nothing to try a promise on. */
  final class NothingToTryOn extends RuntimeException {
    NothingToTryOn(String what) {
      super(what);
    }
  }

  static Verdict of(Promise promise, Target target) {
    if (promise.changes() && !target.mayChange()) {
      return new NotTried("it makes things, and the account is open for reading only");
    }
    try {
      promise.trial().on(target);
      return new Held();
    } catch (NothingToTryOn nothing) {
      return new NotTried(cut(nothing.getMessage()));
    } catch (AwsServiceException refusal) {
      String told = cut(refusal.awsErrorDetails() == null ? refusal : told(refusal));
      return isMissing(refusal) ? new NotThere(told) : new Differs(told);
    } catch (SdkException | AssertionError | IllegalStateException otherwise) {
      return new Differs(cut(otherwise.getMessage()));
    }
  }

  private static String told(AwsServiceException refusal) {
    return refusal.awsErrorDetails().errorCode() + " " + refusal.awsErrorDetails().errorMessage();
  }

  /**
   * Emulators answer 404, 500 or 501 to what they do not have; AWS and the lab say which operation
   * they do not know.
   */
  static boolean isMissing(AwsServiceException refusal) {
    int status = refusal.statusCode();
    String code = String.valueOf(refusal.awsErrorDetails().errorCode());
    return status == 404
        || status >= 500
        || code.equals("UnknownOperationException")
        || code.equals("InvalidAction");
  }

  static String cut(@Nullable Object said) {
    String line = String.valueOf(said).replaceAll("\\s+", " ");
    return line.length() <= WORDS_MAX ? line : line.substring(0, WORDS_MAX) + "…";
  }
}
