package dev.ringfence.rollout;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Tries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What did not work among some outcomes, as the journal tells it: by its code, once for all to whom
 * it happened, and not again at every beat that meets it.
 */
final class Troubles {
  private static final String BEAT = "beat";

  private final Instant now;
  private final Map<Trouble, List<String>> met = new LinkedHashMap<>();

  private record Trouble(String what, String code) {}

  Troubles(Instant now) {
    this.now = now;
  }

  /**
   * An outcome left its effect open.
   *
   * @param before what came of earlier attempts
   * @param what did not work, up to whom it happened to
   */
  void left(@Nullable Tries before, Outcome outcome, String what, String whom) {
    String code = code(outcome);
    if (code != null && Tries.isNews(before, code)) {
      tell(what, whom, code);
    }
  }

  /** Something ended by a refusal. */
  void tell(String what, String whom, String code) {
    List<String> all = met.computeIfAbsent(new Trouble(what, code), t -> new ArrayList<>());
    if (!all.contains(whom)) {
      all.add(whom);
    }
  }

  /** What kept an effect from being done, in a few words; null when nothing did. */
  static @Nullable String code(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> null;
      case Outcome.Refused refused -> refused.code();
      case Outcome.Unsettled open ->
          switch (open.how()) {
            case UNCLEAR, PREVENTED -> open.message();
            case BEGINS, POSTPONED -> null;
          };
    };
  }

  List<JournalEntry> journal() {
    List<JournalEntry> journal = new ArrayList<>();
    met.forEach((trouble, whom) -> {
      String what = trouble.what() + " " + String.join(", ", Gates.named(whom));
      journal.add(new JournalEntry(now, BEAT, what, trouble.code()));
    });
    return journal;
  }
}
