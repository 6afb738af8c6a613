package dev.ringfence.awscontract;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One behaviour of AWS that an adapter of ours relies on.
 *
 * @param operation as AWS calls it
 * @param sentence what it promises
 * @param changes whether trying it makes or changes anything
 * @param trial throws {@link AssertionError} when it is not so
 */
record Promise(String operation, String sentence, boolean changes, Trial trial) {
  interface Trial {
    void on(Target target);
  }

  static Promise reading(String operation, String sentence, Trial trial) {
    return new Promise(operation, sentence, false, trial);
  }

  static Promise changing(String operation, String sentence, Trial trial) {
    return new Promise(operation, sentence, true, trial);
  }

  static void so(boolean so, String otherwise) {
    if (!so) {
      throw new AssertionError(otherwise);
    }
  }

  static void same(Object expected, Object actual) {
    so(expected.equals(actual), "expected " + expected + " and got " + actual);
  }

  /** The call must be refused with this code. */
  static void refused(String code, Supplier<?> call) {
    Object answer;
    try {
      answer = call.get();
    } catch (AwsServiceException refusal) {
      String told = String.valueOf(refusal.awsErrorDetails().errorCode());
      if (!told.equals(code) && Verdict.isMissing(refusal)) {
        throw refusal;
      }
      same(code, told);
      return;
    }
    throw new AssertionError("expected " + code + " and got an answer: " + Verdict.cut(answer));
  }

  @Override
  public String toString() {
    return operation + ": " + sentence;
  }
}
