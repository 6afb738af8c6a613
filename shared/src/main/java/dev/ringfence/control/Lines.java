package dev.ringfence.control;

import dev.ringfence.operation.JournalEntry;

/** A journal's lines as they are read. */
final class Lines {
  private Lines() {}

  static String of(JournalEntry entry, Moments moments) {
    String evidence = entry.evidence().isEmpty() ? "" : " — " + entry.evidence();
    return moments.at(entry.at()) + "  " + entry.by() + ": " + entry.what() + evidence;
  }
}
