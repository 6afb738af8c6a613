package dev.ringfence.engine;

import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Proofs;
import dev.ringfence.operation.Quarantine;
import dev.ringfence.operation.Request;
import dev.ringfence.release.Channel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where operations live. Every write is conditional; nothing here is ever found by a scan.
 *
 * <p>Any method may throw a {@link RuntimeException} when the store cannot be reached; the write
 * may then have taken place or not, and the next beat finds out by reading.
 */
public interface Store {
  /**
   * How many parts that already exist one commit may change: a DynamoDB transaction takes 100
   * items.
   */
  int PARTS_PER_COMMIT = 80;

  /**
   * How many operations of a kind are still listed after they ended: some days of releases, and a
   * list that a person reads to its end.
   */
  int ENDED_KEPT = 40;

  /**
   * Stores a new operation, so that {@link #watchersOf} finds it by each of its alarms.
   *
   * @return false when an operation of that id is there already, which then is unchanged
   */
  <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal);

  /** Reads an operation, strongly consistent. */
  <H extends Head, P extends Part> Optional<Operation<H, P>> load(Form<H, P> form, String id);

  /**
   * Stores head, changed parts, journal and claims together or not at all, when the head's version
   * is still the one that was loaded. Parts that did not exist before may be written ahead of the
   * rest, since nobody reads parts that no head tells of.
   *
   * @param before as it was loaded
   * @param after what it shall be
   * @return the operation as stored, with its new version
   * @throws StaleWrite when somebody wrote in between or what is claimed is held by another;
   *     nothing is changed then
   */
  <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims);

  /**
   * Asks something of an operation that is not final.
   *
   * @return false when there is no such operation, it is final, or the same or a graver wish stands
   *     already
   */
  boolean ask(String id, Request request);

  /**
   * Whether the head still is at this version, strongly consistent: the last look before a machine
   * is put at risk.
   */
  boolean isAt(String id, long version);

  /** The lane as it stands; a free one when nothing was ever written. */
  Lane lane(Lane.Id id);

  /** What is quarantined of a product, in whichever channel it was published. */
  default Quarantine quarantine(String product) {
    return Quarantine.of(
        Arrays.stream(Channel.values())
            .map(channel -> lane(new Lane.Id(product, channel)))
            .toList());
  }

  /** In whose hands each of these machines is, strongly consistent. */
  Map<String, Custody> custody(Set<String> machines);

  /** Notes that a version was accepted for a lane, if it is newer than the newest noted. */
  void announce(Lane.Id id, String version);

  /**
   * Takes a version off a lane's quarantine.
   *
   * @return false when it was not on it
   */
  boolean lift(Lane.Id id, String version);

  /**
   * The heads of the operations of one kind that were created and not noted as {@link #ended}, by
   * their ids, and then of the {@link #ENDED_KEPT} that ended last, the newest first.
   */
  <H extends Head, P extends Part> List<H> recent(Form<H, P> form);

  /**
   * Notes that an operation ended, so that it is listed among those that did. Only the first time
   * counts.
   */
  void ended(Head.Kind kind, String id, Instant at);

  /** The operations that are not final and name this alarm. */
  List<String> watchersOf(String alarm);

  /** Takes an ended operation off the alarms it named. Doing it twice is harmless. */
  void unwatch(String id, Set<String> alarms);

  /**
   * Notes for each machine that it is in this part of this operation since {@code at}; repeating it
   * is harmless.
   */
  void point(String id, int part, List<String> machines, Instant at);

  /** What a machine was part of, newest first, as operation id and part number. */
  List<Pointer> pointersOf(String machine);

  /** The journal, oldest first. */
  List<JournalEntry> journal(String id);

  /** Adds to a journal outside a beat: a refused event, a request. */
  void note(String id, JournalEntry entry);

  /**
   * Notes what a drill showed, of its class and of its machine. Repeating it is harmless, and an
   * older result never takes the place of a newer one.
   */
  void prove(DrillResult result);

  /** What drills have proven, from one partition. */
  Proofs proofs();

  /** The products that have a policy, sorted, from one partition. */
  List<String> products();

  /** The policy of a product as JSON; empty when there is none. */
  Optional<String> policy(String product);

  /** Stores the policy of a product. */
  void putPolicy(String product, String json);

  /** A machine was part of an operation. */
  record Pointer(String machine, String operation, int part, Instant at) {}

  /**
   * Somebody else wrote first, or what is claimed is held by another: load again and decide again.
   */
  final class StaleWrite extends RuntimeException {
    public StaleWrite(String message) {
      super(message);
    }
  }
}
