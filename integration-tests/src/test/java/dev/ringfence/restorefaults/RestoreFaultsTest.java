package dev.ringfence.restorefaults;

import dev.ringfence.restorefaults.Spoiler.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine is restored or left with a root, whatever goes wrong at whatever moment. */
class RestoreFaultsTest {
  /** Beyond its second time a call is a poll like the one before. */
  private static final int OCCURRENCES = 2;

  /**
   * Between them they take every step, so they are spoiled at every call by every fault; the others
   * once at each call that changes something, by the worse fault of a pair, which is its last.
   */
  private static final Set<Way> THOROUGHLY =
      EnumSet.of(Way.REPLACED, Way.FAILED_DETACHED, Way.AUTO_SCALING);

  @ParameterizedTest
  @EnumSource(Way.class)
  void nothingGoesWrong_machineEndsAsItsWayDoes(Way way) {
    Truth.of(way.with(Spoiler.none()), way.name()).endsAs(way);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void deathAtWhateverCall_machineEndsAsItsWayDoes(Way way) {
    everywhere(way, List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER), call -> true);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void requestOrAnswersLostAtWhateverCall_machineEndsAsItsWayDoes(Way way) {
    everywhere(way, List.of(Fault.REQUEST_LOST, Fault.ANSWERS_LOST), call -> true);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void throttledOrAnsweredLateFromWhateverChangeOn_machineEndsAsItsWayDoes(Way way) {
    everywhere(way, List.of(Fault.ANSWER_LATE, Fault.THROTTLED), Spoiler::changes);
  }

  /** Nobody promises how far EC2's lists lag behind; beyond a minute a person may be needed. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void listsLagBehind_machineKeepsARoot(Way way) {
    for (int seconds : List.of(16, 31, 50)) {
      lagging(way, seconds).endsAs(way);
    }
    for (int seconds : List.of(100, 170)) {
      lagging(way, seconds).isNeverWorseOff(way);
    }
  }

  private static Truth lagging(Way way, int seconds) {
    Spoiler lagging = new Spoiler(Fault.NOTHING, 0, Duration.ofSeconds(seconds));
    return Truth.of(way.with(lagging), way + " with lists " + seconds + " s old");
  }

  private static void everywhere(Way way, List<Fault> faults, Predicate<String> which) {
    boolean thoroughly = THOROUGHLY.contains(way);
    List<Fault> chosen = thoroughly ? faults : List.of(faults.getLast());
    List<String> calls = way.with(Spoiler.none()).spoiler.calls();
    Map<String, Integer> seen = new HashMap<>();
    for (int at = 0; at < calls.size(); at++) {
      String call = calls.get(at);
      boolean wanted = which.test(call) && (thoroughly || Spoiler.changes(call));
      if (wanted && seen.merge(call, 1, Integer::sum) <= (thoroughly ? OCCURRENCES : 1)) {
        for (Fault fault : chosen) {
          Spoiler spoiler = new Spoiler(fault, at, Duration.ZERO);
          Truth.of(way.with(spoiler), way + ": " + fault + " " + at + " " + call).endsAs(way);
        }
      }
    }
  }
}
