package dev.ringfence.notice;

/** Phrases that notices share. */
final class Words {
  private Words() {}

  /** How to see more: the test event that somebody pastes into the console. */
  static String ask(String function, String action, String id) {
    return "To see more, give the %s function {\"action\":\"%s\",\"id\":\"%s\"}."
        .formatted(function, action, id);
  }
}
