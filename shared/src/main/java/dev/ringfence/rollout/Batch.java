package dev.ringfence.rollout;

import dev.ringfence.operation.Part;
import dev.ringfence.operation.Sending;
import java.util.List;
import java.util.function.UnaryOperator;
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
    @Nullable Sending withdraw)
    implements Part {
  public Batch {
    members = List.copyOf(members);
  }

  static Batch planned(int number, int ring, List<Member> members) {
    return new Batch(number, ring, members, false, null, 0, null, 0, null);
  }

  Batch withMembers(List<Member> next) {
    return new Batch(number, ring, next, pointed, update, updates, probe, probes, withdraw);
  }

  Batch eachMember(UnaryOperator<Member> change) {
    return withMembers(members.stream().map(change).toList());
  }

  Batch withUpdate(@Nullable Sending next) {
    return new Batch(number, ring, members, pointed, next, updates, probe, probes, withdraw);
  }

  /** A new update forgets the probes before it: what they read is older than the change. */
  Batch dispatching(List<Member> next, Sending sending) {
    return new Batch(number, ring, next, pointed, sending, updates + 1, null, probes, withdraw);
  }

  Batch probing(Sending sending) {
    return new Batch(
        number, ring, members, pointed, update, updates, sending, probes + 1, withdraw);
  }

  Batch withProbe(@Nullable Sending next) {
    return new Batch(number, ring, members, pointed, update, updates, next, probes, withdraw);
  }

  Batch withWithdraw(Sending next) {
    return new Batch(number, ring, members, pointed, update, updates, probe, probes, next);
  }

  Batch markPointed() {
    return new Batch(number, ring, members, true, update, updates, probe, probes, withdraw);
  }

  boolean isExposed() {
    return members.stream().anyMatch(Member::isExposed);
  }

  boolean isInFlight() {
    return members.stream().anyMatch(m -> m.phase() instanceof MemberPhase.Dispatched);
  }
}
