package dev.ringfence.simulation;

import dev.ringfence.engine.Store;
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
import dev.ringfence.operation.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A store that cannot always be reached, or takes a write and does not say so. */
final class UnreliableStore implements Store {
  private final Store store;
  private final Mishaps mishaps;

  UnreliableStore(Store store, Mishaps mishaps) {
    this.store = store;
    this.mishaps = mishaps;
  }

  /** The table was not reached, or its answer was not. */
  static final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreFailed(String what) {
      super(what);
    }
  }

  private <T> T call(String what, Supplier<T> call) {
    mishaps.dies("died before " + what);
    if (mishaps.strikes("store unreachable", mishaps.trouble().store())) {
      throw new StoreFailed(what + " did not reach the table");
    }
    T answer = call.get();
    if (mishaps.strikes("store answer lost", mishaps.trouble().store())) {
      throw new StoreFailed("the answer to " + what + " was lost");
    }
    mishaps.dies("died after " + what);
    return answer;
  }

  private void run(String what, Runnable call) {
    call(
        what,
        () -> {
          call.run();
          return true;
        });
  }

  @Override
  public <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal) {
    return call("create", () -> store.create(form, head, parts, journal));
  }

  @Override
  public <H extends Head, P extends Part> Optional<Operation<H, P>> load(
      Form<H, P> form, String id) {
    return call("load", () -> store.load(form, id));
  }

  @Override
  public <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims) {
    if (mishaps.strikes("stale write", mishaps.trouble().store())) {
      throw new StaleWrite("somebody is said to have written in between");
    }
    return call("commit", () -> store.commit(form, before, after, journal, claims));
  }

  @Override
  public boolean ask(String id, Request request) {
    return call("ask", () -> store.ask(id, request));
  }

  @Override
  public boolean isAt(String id, long version) {
    return call("isAt", () -> store.isAt(id, version));
  }

  @Override
  public Lane lane(Lane.Id id) {
    return call("lane", () -> store.lane(id));
  }

  @Override
  public Map<String, Custody> custody(Set<String> machines) {
    return call("custody", () -> store.custody(machines));
  }

  @Override
  public void announce(Lane.Id id, String version) {
    run("announce", () -> store.announce(id, version));
  }

  @Override
  public boolean lift(Lane.Id id, String version) {
    return call("lift", () -> store.lift(id, version));
  }

  @Override
  public <H extends Head, P extends Part> List<H> recent(Form<H, P> form) {
    return call("recent", () -> store.recent(form));
  }

  @Override
  public void ended(Head.Kind kind, String id, Instant at) {
    run("ended", () -> store.ended(kind, id, at));
  }

  @Override
  public List<String> watchersOf(String alarm) {
    return call("watchersOf", () -> store.watchersOf(alarm));
  }

  @Override
  public void unwatch(String id, Set<String> alarms) {
    run("unwatch", () -> store.unwatch(id, alarms));
  }

  @Override
  public void point(String id, int part, List<String> machines, Instant at) {
    run("point", () -> store.point(id, part, machines, at));
  }

  @Override
  public List<Pointer> pointersOf(String machine) {
    return call("pointersOf", () -> store.pointersOf(machine));
  }

  @Override
  public List<JournalEntry> journal(String id) {
    return call("journal", () -> store.journal(id));
  }

  @Override
  public void note(String id, JournalEntry entry) {
    run("note", () -> store.note(id, entry));
  }

  @Override
  public void prove(DrillResult result) {
    run("prove", () -> store.prove(result));
  }

  @Override
  public Proofs proofs() {
    return call("proofs", store::proofs);
  }

  @Override
  public List<String> products() {
    return call("products", store::products);
  }

  @Override
  public Optional<String> policy(String product) {
    return call("policy", () -> store.policy(product));
  }

  @Override
  public void putPolicy(String product, String json) {
    run("putPolicy", () -> store.putPolicy(product, json));
  }
}
