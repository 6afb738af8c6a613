package dev.ringfence.rollout;

import dev.ringfence.operation.Part;
import dev.ringfence.operation.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Up to 50 machines of one ring that one SendCommand updates.
 *
 * @param ring index of its ring in the plan
 * @param pointed whether the machines' pointers to this roll-out were written
 * @param update the newest update command; null before the first
 * @param updates how many of them there were
 * @param probe the newest command that reads versions back; null before the first
 * @param probes how many of them there were
 * @param withdraw the command that takes the release back after a halt; null when there is none
 * @param earlier update commands before the newest that were sent: some may still run somewhere
 */
public record Batch(
    int number,
    int ring,
    List<Member> members,
    boolean pointed,
    @Nullable Sending update,
    int updates,
    @Nullable Sending probe,
    int probes,
    @Nullable Sending withdraw,
    List<Sending> earlier)
    implements Part {
  public Batch {
    members = List.copyOf(members);
    earlier = List.copyOf(earlier);
  }

  static Batch planned(int number, int ring, List<Member> members) {
    return new Batch(number, ring, members, false, null, 0, null, 0, null, List.of());
  }

  Batch withMembers(List<Member> next) {
    return new Batch(
        number, ring, next, pointed, update, updates, probe, probes, withdraw, earlier);
  }

  Batch eachMember(UnaryOperator<Member> change) {
    return withMembers(members.stream().map(change).toList());
  }

  Batch withUpdate(@Nullable Sending next) {
    return new Batch(
        number, ring, members, pointed, next, updates, probe, probes, withdraw, earlier);
  }

  /** A new update forgets the probes before it: what they read is older than the change. */
  Batch dispatching(List<Member> next, Sending sending) {
    List<Sending> before = new ArrayList<>(earlier);
    if (update != null && update.commandId() != null) {
      before.add(update);
    }
    return new Batch(
        number, ring, next, pointed, sending, updates + 1, null, probes, withdraw, before);
  }

  Batch withEarlier(List<Sending> next) {
    return new Batch(
        number, ring, members, pointed, update, updates, probe, probes, withdraw, next);
  }

  /** Every update command that was or shall be sent, oldest first. */
  Stream<Sending> commands() {
    return Stream.concat(earlier.stream(), Stream.ofNullable(update));
  }

  Batch probing(Sending sending) {
    return new Batch(
        number, ring, members, pointed, update, updates, sending, probes + 1, withdraw, earlier);
  }

  Batch withProbe(@Nullable Sending next) {
    return new Batch(
        number, ring, members, pointed, update, updates, next, probes, withdraw, earlier);
  }

  Batch withWithdraw(Sending next) {
    return new Batch(number, ring, members, pointed, update, updates, probe, probes, next, earlier);
  }

  Batch markPointed() {
    return new Batch(
        number, ring, members, true, update, updates, probe, probes, withdraw, earlier);
  }

  boolean isExposed() {
    return members.stream().anyMatch(Member::isExposed);
  }

  boolean isInFlight() {
    return members.stream().anyMatch(m -> m.phase() instanceof MemberPhase.Dispatched);
  }
}
