package dev.ringfence.operation;

import java.util.List;

/**
 * An operation once outcomes were put into it.
 *
 * @param journal what of them somebody should be able to read later: refusals, and each trouble the
 *     first time it is met. Codes only: AWS's messages may quote what a command was run with
 */
public record Settled<H extends Head, P extends Part>(
    Operation<H, P> operation, List<JournalEntry> journal) {
  public Settled {
    journal = List.copyOf(journal);
  }
}
