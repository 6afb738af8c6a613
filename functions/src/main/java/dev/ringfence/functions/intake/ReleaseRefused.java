package dev.ringfence.functions.intake;

import dev.ringfence.release.json.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A release was refused, which is on record already; thrown so that Lambda keeps the event. Its
 * name and its message, with every problem, are what lies beside the event in the destination for
 * failures. It bears no stack trace: where a refusal was thrown tells nobody anything.
 */
public final class ReleaseRefused extends RuntimeException {
  /** Problems are found in what a stranger sent; a message is no place for all they may provoke. */
  private static final int MESSAGE_CHARS_MAX = 4000;

  ReleaseRefused(List<Problem> problems) {
    super(message(problems), null, false, false);
  }

  private static String message(List<Problem> problems) {
    String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    return all.substring(0, Math.min(all.length(), MESSAGE_CHARS_MAX));
  }
}
