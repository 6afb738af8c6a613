package dev.ringfence.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Systems Manager says of one command on one machine. It is a hint and never proof: exit code
 * 0 comes before the reboot that does not return, and a machine that died mid-run is reported two
 * hours later or not at all.
 *
 * @param finishedAt when the plugin ended on the machine; null while it has not, or when it was
 *     never delivered
 * @param output the plugin's standard output, at most 2,500 characters; empty when there is none
 * @param details Systems Manager's own words ({@code StatusDetails})
 */
public record Invocation(
    Outcome outcome, @Nullable Instant finishedAt, String output, String details) {

  /** The outcomes that matter to us; Systems Manager has more words for them. */
  public enum Outcome {
    RUNNING,
    SUCCESS,
    FAILED,
    /** It never reached the machine, or no terminal answer came back in time. */
    UNDELIVERED,
    CANCELLED;

    public boolean isTerminal() {
      return this != RUNNING;
    }
  }
}
