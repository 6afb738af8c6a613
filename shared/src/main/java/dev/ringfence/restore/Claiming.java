package dev.ringfence.restore;

import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.MachineClaim;
import dev.ringfence.operation.Sight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes machines into a restore's hands before their roots are touched and gives them back when
 * they have their last word. It lives for one call of {@code decide}.
 */
final class Claiming {
  private final Restore head;
  private final Sight sight;
  private final List<Claim> claims = new ArrayList<>();
  private boolean postponed;

  Claiming(Restore head, Sight sight) {
    this.head = head;
    this.sight = sight;
  }

  /** What became of a wish for a machine. */
  sealed interface Answer {
    /** It is this restore's once the decision is committed. */
    record Ours() implements Answer {}

    /** It was not seen in whose hands it is. */
    record Unknown() implements Answer {}

    /** It is in another operation's hands. */
    record Others(String holder) implements Answer {}

    /** Another restore that nobody ordered has brought it back from this release before. */
    record Again(String earlier) implements Answer {}
  }

  List<Claim> claims() {
    return claims;
  }

  boolean isPostponed() {
    return postponed;
  }

  void postpone() {
    postponed = true;
  }

  /** Whether this decision may still claim or give back a machine, should it have to. */
  boolean isRoomFor(Patient patient) {
    boolean may = patient.phase().isInHand() || patient.phase() instanceof PatientPhase.Examining;
    boolean room = !may || claims.size() < MachineClaim.PER_DECISION;
    postponed |= !room;
    return room;
  }

  Answer take(Patient patient) {
    Custody custody = sight.custody().get(patient.machine());
    if (custody == null) {
      return new Answer.Unknown();
    }
    String holder = custody.holder();
    if (holder != null && !custody.isFreeFor(head.id())) {
      return new Answer.Others(holder);
    }
    @Nullable String earlier = custody.restored().get(head.release());
    if (head.automatic() && earlier != null && !earlier.equals(head.id())) {
      return new Answer.Again(earlier);
    }
    claims.add(
        new MachineClaim.Take(
            patient.machine(),
            head.id(),
            custody.left(),
            head.automatic() ? head.release() : null));
    return new Answer.Ours();
  }

  boolean isFree(Patient patient) {
    Custody custody = sight.custody().get(patient.machine());
    return custody != null && custody.isFreeFor(head.id());
  }

  /**
   * Gives a machine back with its last word, and when it turns out to live. What finds no room in a
   * decision that ends the whole restore is given back by that end.
   */
  Patient released(Patient before, Patient after) {
    boolean wasTaken = before.phase().isInHand() || before.attempt() > 1;
    boolean over =
        wasTaken
            && !before.phase().isFinal()
            && (after.phase().isFinal() || after.phase() instanceof PatientPhase.Reviving);
    if (over && claims.size() < MachineClaim.PER_DECISION) {
      claims.add(new MachineClaim.GiveBack(before.machine(), head.id()));
    }
    return after;
  }
}
