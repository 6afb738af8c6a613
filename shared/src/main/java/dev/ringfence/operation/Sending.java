package dev.ringfence.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command to machines of one part, from its intent to its end.
 *
 * @param key the command's key, which travels as its comment
 * @param machines whom it goes to
 * @param tries what came of the attempts to send it, and to call it back; null before there is
 *     anything to tell
 * @param commandId Systems Manager's id; null until it is known to have been sent
 * @param cancelled whether its cancellation was asked for and answered, or it was found never to
 *     have been sent
 * @param refused why Systems Manager refused it for good; null when it did not
 */
public record Sending(
    String key,
    Instant intended,
    List<String> machines,
    @Nullable Tries tries,
    @Nullable String commandId,
    boolean cancelled,
    @Nullable String refused) {
  public Sending {
    machines = List.copyOf(machines);
  }

  /** A command that shall be sent. */
  public static Sending intent(String key, Instant now, List<String> machines) {
    return new Sending(key, now, machines, null, null, false, null);
  }

  /** Whether it is not known yet whether it was sent. */
  public boolean isOpen() {
    return commandId == null && !cancelled && refused == null;
  }

  public Sending sent(String id) {
    return new Sending(key, intended, machines, tries, id, cancelled, refused);
  }

  /** An attempt to send it left it open. */
  public Sending after(Outcome attempt, Instant now) {
    Tries next = Tries.after(tries, attempt, now);
    return new Sending(key, intended, machines, next, commandId, cancelled, refused);
  }

  /** Something about it did not work that says nothing of whether it was sent. */
  public Sending troubled(String trouble, Instant now) {
    Tries next = Tries.troubled(tries, trouble, now);
    return new Sending(key, intended, machines, next, commandId, cancelled, refused);
  }

  /** Whether an attempt to send it ended without a clear outcome. */
  public boolean tried() {
    return Tries.haveEnded(tries);
  }

  /** Its cancellation was answered, or it was never sent. */
  public Sending ended() {
    return new Sending(key, intended, machines, tries, commandId, true, refused);
  }

  public Sending refused(String why) {
    return new Sending(key, intended, machines, tries, commandId, cancelled, why);
  }
}
