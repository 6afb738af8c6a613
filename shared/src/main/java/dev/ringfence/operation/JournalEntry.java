package dev.ringfence.operation;

import java.time.Instant;

/**
 * One line of an operation's append-only record.
 *
 * @param by who or what decided: {@code beat}, an alarm's name, an operator
 * @param what what was decided, in an operator's words
 * @param evidence on which evidence; empty where the decision needs none
 */
public record JournalEntry(Instant at, String by, String what, String evidence) {}
