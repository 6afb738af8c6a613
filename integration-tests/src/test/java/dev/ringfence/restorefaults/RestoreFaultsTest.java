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

  /** Between them they take every step; the others are spoiled where they change something. */
  private static final Set<Way> THOROUGHLY =
      EnumSet.of(Way.REPLACED, Way.FAILED_DETACHED, Way.AUTO_SCALING);

  @ParameterizedTest
  @EnumSource(Way.class)
  void nothingGoesWrong_machineEndsAsItsWayDoes(Way way) {
    Truth.of(way, way.with(Spoiler.none()), way.name()).endsAs(way);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void deathAtWhateverCall_machineEndsAsItsWayDoes(Way way) {
    everywhere(way, List.of(Fault.DIES_BEFORE, Fault.DIES_AFTER), THOROUGHLY.contains(way) ? call -> true : Spoiler::changes);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void requestOrAnswersLostAtWhateverCall_machineEndsAsItsWayDoes(Way way) {
    everywhere(way, List.of(Fault.REQUEST_LOST, Fault.ANSWERS_LOST), THOROUGHLY.contains(way) ? call -> true : Spoiler::changes);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void throttledOrAnsweredLateFromWhateverChangeOn_machineEndsAsItsWayDoes(Way way) {
    everywhere(way, List.of(Fault.THROTTLED, Fault.ANSWER_LATE), Spoiler::changes);
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
    return Truth.of(way, way.with(lagging), way + " with lists " + seconds + " s old");
  }

  private static void everywhere(Way way, List<Fault> faults, Predicate<String> which) {
    List<String> calls = way.with(Spoiler.none()).spoiler.calls();
    Map<String, Integer> seen = new HashMap<>();
    for (int at = 0; at < calls.size(); at++) {
      String call = calls.get(at);
      if (which.test(call) && seen.merge(call, 1, Integer::sum) <= OCCURRENCES) {
        for (Fault fault : faults) {
          Spoiler spoiler = new Spoiler(fault, at, Duration.ZERO);
          Truth.of(way, way.with(spoiler), way + ": " + fault + " " + at + " " + call).endsAs(way);
        }
      }
    }
  }
}
