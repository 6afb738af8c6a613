package dev.ringfence.rollout;

import java.util.List;
import java.util.Locale;

/** Why a roll-out was halted, with the evidence. A halt is for good. */
public sealed interface HaltReason {
  /** The reason in one sentence that an operator reads at night. */
  String sentence();

  /**
   * The evidence of harm reached its threshold 1/alpha.
   *
   * @param slices the slices that weighed most, with their counts
   */
  record Harm(double evidence, double threshold, int hurt, List<String> slices)
      implements HaltReason {
    public Harm {
      slices = List.copyOf(slices);
    }

    @Override
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "evidence of harm is %.3g, the threshold is %.0f: %d machines hurt (%s)",
          evidence,
          threshold,
          hurt,
          String.join("; ", slices));
    }
  }

  /** At least half of a kind of machine broke soon after the update. */
  record Tripped(List<String> strata) implements HaltReason {
    public Tripped {
      strata = List.copyOf(strata);
    }

    @Override
    public String sentence() {
      return "half or more of the updated machines broke in: " + String.join("; ", strata);
    }
  }

  /** More machines are hurt than the policy allows, whatever statistics say. */
  record BudgetSpent(int hurt, int allowed) implements HaltReason {
    @Override
    public String sentence() {
      return hurt + " machines hurt, the policy's failure budget is " + allowed;
    }
  }

  /** A named alarm is in ALARM, read as a level. */
  record AlarmFires(String alarm, String reason) implements HaltReason {
    @Override
    public String sentence() {
      return "alarm " + alarm + " is in ALARM: " + reason;
    }
  }

  /** A named alarm said nothing for longer than the policy lets it. */
  record AlarmsBlind(List<String> blind) implements HaltReason {
    public AlarmsBlind {
      blind = List.copyOf(blind);
    }

    @Override
    public String sentence() {
      return "alarms gave no evidence for too long: " + String.join("; ", blind);
    }
  }

  /** Machines gave no fresh evidence until the deadline. */
  record NoEvidence(String ring, List<String> missing) implements HaltReason {
    public NoEvidence {
      missing = List.copyOf(missing);
    }

    @Override
    public String sentence() {
      return "ring " + ring + " gave no fresh evidence of health: " + String.join("; ", missing);
    }
  }

  /** Systems Manager refused the command: the document is no longer the one that was frozen. */
  record Refused(String why) implements HaltReason {
    @Override
    public String sentence() {
      return "Systems Manager refused the update: " + why;
    }
  }

  /** The same was halted elsewhere: in the product's other channel, or under another version. */
  record Quarantined(String why) implements HaltReason {
    @Override
    public String sentence() {
      return "the release " + why;
    }
  }

  /** A person stopped it without blaming the release: it is not quarantined. */
  record Aborted(String by, String evidence) implements HaltReason {
    @Override
    public String sentence() {
      return "aborted by " + by + ": " + evidence;
    }
  }

  /** An alarm's event or a person asked for it. */
  record Asked(String by, String evidence) implements HaltReason {
    @Override
    public String sentence() {
      return by + ": " + evidence;
    }
  }
}
