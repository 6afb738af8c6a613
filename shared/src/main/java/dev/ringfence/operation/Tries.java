package dev.ringfence.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the attempts at an effect that is still open. Null stands for an effect that nobody
 * has attempted, or whose first attempt is in the hands of the beat that intended it.
 *
 * @param at when the newest attempt began, or ended without a clear outcome: what it made may not
 *     be listed until a while after this
 * @param ended whether it ended; one that did not is in the hands of a beat, or that beat died
 * @param troubles what kept the effect from being done, in short codes, each once and in order
 */
public record Tries(Instant at, boolean ended, List<String> troubles) {
  /**
   * How many distinct troubles of one effect are remembered, so that each is told once. AWS has few
   * codes for one operation; beyond these it is told again.
   */
  static final int TROUBLES_MAX = 8;

  public Tries {
    troubles = List.copyOf(troubles);
  }

  /** After an attempt whose outcome left the effect open. */
  public static @Nullable Tries after(@Nullable Tries before, Outcome outcome, Instant now) {
    List<String> known = before == null ? List.of() : before.troubles();
    Instant earlier = before == null ? now : before.at();
    return switch (outcome) {
      case Outcome.Done done -> before;
      case Outcome.Refused refused -> new Tries(now, true, with(known, refused.code()));
      case Outcome.Unsettled open ->
          switch (open.how()) {
            case BEGINS -> new Tries(now, false, known);
            case UNCLEAR -> new Tries(now, true, with(known, open.message()));
            case PREVENTED -> new Tries(earlier, true, with(known, open.message()));
            case POSTPONED -> new Tries(earlier, true, known);
          };
    };
  }

  /** With a trouble that says nothing of the effect itself, such as one in looking for it. */
  public static Tries troubled(@Nullable Tries before, String trouble, Instant now) {
    return before == null
        ? new Tries(now, true, List.of(trouble))
        : new Tries(before.at(), before.ended(), with(before.troubles(), trouble));
  }

  /** Whether this trouble was not met before. */
  public static boolean isNews(@Nullable Tries before, String trouble) {
    return before == null || !before.troubles().contains(trouble);
  }

  /** Whether an attempt ended without a clear outcome. */
  public static boolean haveEnded(@Nullable Tries tries) {
    return tries != null && tries.ended();
  }

  /** When an effect was last in somebody's hands: at an attempt, else when it was intended. */
  static Instant touched(@Nullable Tries tries, Instant intended) {
    return tries == null || tries.at().isBefore(intended) ? intended : tries.at();
  }

  private static List<String> with(List<String> known, String trouble) {
    if (known.contains(trouble)) {
      return known;
    }
    List<String> more = new ArrayList<>(known);
    more.add(trouble);
    return more.size() <= TROUBLES_MAX ? more : more.subList(1, more.size());
  }
}
