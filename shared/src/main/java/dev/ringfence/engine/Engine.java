package dev.ringfence.engine;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Turns the crank of one operation: load, observe, decide, record the intent, act, record the
 * outcome. It may die between any two of these; whoever turns it next finds everything it needs in
 * the store and in the world.
 */
public final class Engine {
  /**
   * How often one beat may go round when there is more to do at once. A beat that has more goes on
   * in the next one, so this only bounds how long a single function runs.
   */
  static final int ROUNDS_MAX = 12;

  /**
   * How often a write that lost a race is tried again with a fresh read before it is left to the
   * next beat.
   */
  static final int RACES_MAX = 5;

  /** An outcome changes one part at the most, so that so many fit into one commit. */
  private static final int OUTCOMES_PER_COMMIT = Store.PARTS_PER_COMMIT;

  private final Store store;
  private final World world;
  private final Clocks clocks;
  private final InstantSource time;

  public Engine(Store store, World world, Clocks clocks, InstantSource time) {
    this.store = store;
    this.world = world;
    this.clocks = clocks;
    this.time = time;
  }

  /**
   * One beat. Repeating it is harmless.
   *
   * @throws NoSuchOperation when there is none of this id
   */
  public <H extends Head, P extends Part> Beat beat(Form<H, P> form, String id) {
    Acting<H, P> acting = new Acting<>(form, store, world, clocks, effect -> true);
    Operation<H, P> operation = load(form, id);
    Instant next = time.instant();
    for (int round = 0; round < ROUNDS_MAX && !operation.head().isFinal(); round++) {
      Instant now = time.instant();
      Sight sight = observe(form.course().watch(operation, now));
      Round<H, P> done = round(form, acting, operation, sight, now);
      operation = done.operation();
      next = done.again();
      if (next.isAfter(time.instant())) {
        break;
      }
    }
    Head head = operation.head();
    close(form, head);
    return new Beat(form.kind(), id, head.phaseName(), head.isFinal(), next);
  }

  /**
   * Asks for something and lets it take effect in the same call, without looking at the world
   * first: whatever its clock is doing, the operation's decision is committed before this returns.
   * Of what is to be done it does only what every asker may; the rest is the next beat's. The same
   * wish of the same asker that a call left behind which died is answered too.
   *
   * @return whether this changed the operation; false when there is none, it is final or does not
   *     heed this, or the same or a graver wish stands already
   * @throws Store.StaleWrite when others wrote at each try: the wish stands, and whoever writes
   *     next answers it
   */
  public <H extends Head, P extends Part> boolean ask(Form<H, P> form, String id, Request request) {
    boolean heeded =
        store.load(form, id).map(o -> form.course().heeds(o, request.wish())).orElse(false);
    boolean asked = heeded && store.ask(id, request);
    boolean changes = false;
    int race = 0;
    for (int turn = 0; turn < ROUNDS_MAX && race < RACES_MAX; turn++) {
      Operation<H, P> operation = store.load(form, id).orElse(null);
      Request standing = operation == null ? null : operation.request();
      if (operation == null || standing == null || operation.head().isFinal()) {
        // A beat that came in between has answered it.
        return asked || changes;
      }
      // What was decided since the first look may have made it vain.
      boolean heeds = isSame(standing, request) && form.course().heeds(operation, request.wish());
      Instant now = time.instant();
      Acting<H, P> acting = new Acting<>(form, store, world, clocks, Effect::isForWhoeverAsks);
      Round<H, P> done = round(form, acting, operation, Sight.blind(now), now);
      race += done.stale() ? 1 : 0;
      changes |= heeds && !done.stale();
      // A wish that one commit could not answer stands until the next one has.
      if (!done.stale() && !standing.equals(done.operation().request())) {
        close(form, done.operation().head());
        return changes;
      }
    }
    throw new Store.StaleWrite(id + " was written at each of " + RACES_MAX + " tries to ask it");
  }

  private static boolean isSame(Request standing, Request request) {
    return standing.wish() == request.wish() && standing.by().equals(request.by());
  }

  /** No beat comes any more for what is over. */
  private <H extends Head, P extends Part> void close(Form<H, P> form, Head head) {
    if (head.isFinal()) {
      store.unwatch(head.id(), head.alarms());
      store.ended(form.kind(), head.id(), time.instant());
    }
  }

  /**
   * Stores a restore that a person confirmed and starts its clock. Repeating it is harmless.
   *
   * @param why who confirmed it and why
   * @return false when it was stored before
   */
  public boolean restore(RestoreOrder order, JournalEntry why, Instant at) {
    Restore restore = Restore.of(order, Marks.of(order.id()), at);
    boolean isNew = store.create(RestoreCourse.FORM, restore, Restore.wards(order), List.of(why));
    clocks.start(Head.Kind.RESTORE, restore.id());
    return isNew;
  }

  private record Recorded<H extends Head, P extends Part>(
      Operation<H, P> operation, boolean overtaken) {}

  private record Round<H extends Head, P extends Part>(
      Operation<H, P> operation, Instant again, boolean stale) {}

  private <H extends Head, P extends Part> Round<H, P> round(
      Form<H, P> form, Acting<H, P> acting, Operation<H, P> loaded, Sight sight, Instant now) {
    Decision<H, P> decision = form.course().decide(loaded, sight, now);
    Operation<H, P> intended;
    try {
      intended = commit(form, loaded, decision);
    } catch (Store.StaleWrite overtaken) {
      return new Round<>(load(form, loaded.head().id()), now, true);
    }
    return act(form, acting, loaded, intended, decision.again(), now);
  }

  /** Acts and records in portions: what one commit takes, and what one death may cost. */
  private <H extends Head, P extends Part> Round<H, P> act(
      Form<H, P> form,
      Acting<H, P> acting,
      Operation<H, P> loaded,
      Operation<H, P> intended,
      Instant again,
      Instant now) {
    List<Effect> due = acting.due(loaded, intended, now);
    Operation<H, P> current = intended;
    for (int from = 0; from < due.size(); from += OUTCOMES_PER_COMMIT) {
      int to = Math.min(from + OUTCOMES_PER_COMMIT, due.size());
      List<Effect> portion = due.subList(from, to);
      Recorded<H, P> begun = record(form, current, acting.begin(loaded, portion));
      List<Outcome> outcomes =
          begun.overtaken() ? List.of() : acting.perform(loaded, begun.operation(), portion);
      Recorded<H, P> settled = record(form, begun.operation(), outcomes);
      current = settled.operation();
      if (begun.overtaken() || settled.overtaken()) {
        // Somebody asked for something meanwhile: decide again before anything else is done.
        return new Round<>(current, now, false);
      }
    }
    return new Round<>(current, again, false);
  }

  private <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form, Operation<H, P> loaded, Decision<H, P> decision) {
    // Whatever was asked and is answered by this decision stands no longer.
    Request standing = decision.answered() ? null : loaded.request();
    Operation<H, P> after =
        new Operation<>(decision.head(), decision.parts(), standing, loaded.version());
    boolean nothingNew =
        after.equals(loaded) && decision.journal().isEmpty() && decision.claims().isEmpty();
    return nothingNew
        ? loaded
        : store.commit(form, loaded, after, decision.journal(), decision.claims());
  }

  /** The outcomes are facts: when somebody wrote in between they are put into what is there now. */
  private <H extends Head, P extends Part> Recorded<H, P> record(
      Form<H, P> form, Operation<H, P> intended, List<Outcome> outcomes) {
    Operation<H, P> current = intended;
    for (int race = 0; ; race++) {
      Settled<H, P> settled = form.course().settle(current, outcomes, time.instant());
      Operation<H, P> next = settled.operation();
      if (next.equals(current) && settled.journal().isEmpty()) {
        return new Recorded<>(current, race > 0);
      }
      try {
        return new Recorded<>(
            store.commit(form, current, next, settled.journal(), List.of()), race > 0);
      } catch (Store.StaleWrite overtaken) {
        if (race == RACES_MAX) {
          throw overtaken;
        }
        current = load(form, current.head().id());
      }
    }
  }

  private Sight observe(Watch watch) {
    Sight sight = world.observe(watch);
    if (watch.lane() != null) {
      sight = sight.with(store.lane(watch.lane()));
    }
    if (watch.quarantine() != null) {
      sight = new Histories(store, watch.quarantine()).into(sight, watch.exposed());
    }
    if (!watch.custody().isEmpty()) {
      sight = sight.with(store.custody(watch.custody()));
    }
    return watch.proofs() ? sight.with(store.proofs()) : sight;
  }

  private <H extends Head, P extends Part> Operation<H, P> load(Form<H, P> form, String id) {
    return store.load(form, id).orElseThrow(() -> new NoSuchOperation(form.kind() + " " + id));
  }

  /** A clock beats for something that is not there. */
  public static final class NoSuchOperation extends RuntimeException {
    public NoSuchOperation(String what) {
      super("there is no " + what);
    }
  }
}
