package dev.ringfence.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a beat decides: the operation as it shall be stored, what shall be done to the world once it
 * is stored, and when to look again.
 *
 * @param claims changes to lanes and machines that are committed together with the operation, or
 *     not at all
 * @param again when the next beat is due; not later than any deadline that is running
 * @param answered whether whatever was asked of the operation is answered by this; a wish that
 *     touches more than one commit takes stands until it is
 */
public record Decision<H extends Head, P extends Part>(
    H head,
    List<P> parts,
    List<JournalEntry> journal,
    List<Claim> claims,
    Instant again,
    boolean answered) {
  /** One that answers whatever was asked. */
  public Decision(
      H head, List<P> parts, List<JournalEntry> journal, List<Claim> claims, Instant again) {
    this(head, parts, journal, claims, again, true);
  }

  public Decision {
    parts = List.copyOf(parts);
    journal = List.copyOf(journal);
    claims = List.copyOf(claims);
  }

  /** A change to a lane. */
  public sealed interface LaneClaim extends Claim {
    Lane.Id lane();

    /** Takes a free lane; the commit fails when somebody else holds it. */
    record Take(Lane.Id lane, String holder) implements LaneClaim {}

    /**
     * Gives the lane back.
     *
     * @param installed the version now on the fleet; null when this roll-out did not complete
     */
    record GiveBack(Lane.Id lane, String holder, @Nullable String installed) implements LaneClaim {}

    /**
     * No machine gets this version again until a person lifts it.
     *
     * @param artifact what it is made of, which nobody gets under another version either
     */
    record Quarantine(Lane.Id lane, String version, String artifact, String reason)
        implements LaneClaim {}
  }
}
