package dev.ringfence.functions.aws;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;

/** Asks whether change calendars are open; one call for all, as Systems Manager joins them. */
final class CalendarReader {
  private final SsmClient ssm;

  CalendarReader(SsmClient ssm) {
    this.ssm = ssm;
  }

  /**
   * True when every calendar is open, so also when there is none; null with a gap when it could not
   * be read.
   */
  @Nullable Boolean open(Set<String> calendars, List<String> gaps) {
    if (calendars.isEmpty()) {
      return true;
    }
    try {
      String state =
          ssm.getCalendarState(
                  GetCalendarStateRequest.builder().calendarNames(new TreeSet<>(calendars)).build())
              .stateAsString();
      return "OPEN".equals(state);
    } catch (SdkException failure) {
      gaps.add("GetCalendarState: " + AwsErrors.reason(failure));
      return null;
    }
  }
}
