package dev.ringfence.lab.judge;

import java.util.List;

/**
 * How one promise fared in a run.
 *
 * @param promise its number, 1 to 10
 * @param evidence what was looked at when it held, what broke it when it did not
 */
public record Verdict(int promise, String title, boolean held, String evidence) {
  /** How many breaches are told of. */
  private static final int TOLD = 5;

  static Verdict of(int promise, String title, List<String> breaches, String lookedAt) {
    if (breaches.isEmpty()) {
      return new Verdict(promise, title, true, lookedAt);
    }
    String more = breaches.size() > TOLD ? "; and " + (breaches.size() - TOLD) + " more" : "";
    String told = String.join("; ", breaches.subList(0, Math.min(TOLD, breaches.size())));
    return new Verdict(promise, title, false, told + more);
  }

  @Override
  public String toString() {
    return (held ? "held   " : "BROKEN ") + promise + ". " + title + ": " + evidence;
  }
}
