package dev.ringfence.lab.judge;

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

/** A store whose successful writes go on file. */
final class RecordedStore implements Store {
  private final Store store;
  private final CaseFile file;

  RecordedStore(Store store, CaseFile file) {
    this.store = store;
    this.file = file;
  }

  @Override
  public <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal) {
    boolean isNew = store.create(form, head, parts, journal);
    if (isNew) {
      file.created(head, journal);
    }
    return isNew;
  }

  @Override
  public <H extends Head, P extends Part> Optional<Operation<H, P>> load(
      Form<H, P> form, String id) {
    return store.load(form, id);
  }

  @Override
  public <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims) {
    Operation<H, P> stored = store.commit(form, before, after, journal, claims);
    file.written(before, stored, journal);
    return stored;
  }

  @Override
  public boolean ask(String id, Request request) {
    return store.ask(id, request);
  }

  @Override
  public boolean isAt(String id, long version) {
    return store.isAt(id, version);
  }

  @Override
  public Lane lane(Lane.Id id) {
    return store.lane(id);
  }

  @Override
  public Map<String, Custody> custody(Set<String> machines) {
    return store.custody(machines);
  }

  @Override
  public void announce(Lane.Id id, String version) {
    store.announce(id, version);
    file.wroteElsewhere();
  }

  @Override
  public boolean lift(Lane.Id id, String version) {
    boolean lifted = store.lift(id, version);
    file.wroteElsewhere();
    return lifted;
  }

  @Override
  public <H extends Head, P extends Part> List<H> recent(Form<H, P> form) {
    return store.recent(form);
  }

  @Override
  public void ended(Head.Kind kind, String id, Instant at) {
    store.ended(kind, id, at);
  }

  @Override
  public List<String> watchersOf(String alarm) {
    return store.watchersOf(alarm);
  }

  @Override
  public void unwatch(String id, Set<String> alarms) {
    store.unwatch(id, alarms);
  }

  @Override
  public void point(String id, int part, List<String> machines, Instant at) {
    store.point(id, part, machines, at);
  }

  @Override
  public List<Pointer> pointersOf(String machine) {
    return store.pointersOf(machine);
  }

  @Override
  public List<JournalEntry> journal(String id) {
    return store.journal(id);
  }

  @Override
  public void note(String id, JournalEntry entry) {
    store.note(id, entry);
    file.noted(id, entry);
  }

  @Override
  public void prove(DrillResult result) {
    store.prove(result);
    file.wroteElsewhere();
  }

  @Override
  public Proofs proofs() {
    return store.proofs();
  }

  @Override
  public List<String> products() {
    return store.products();
  }

  @Override
  public Optional<String> policy(String product) {
    return store.policy(product);
  }

  @Override
  public void putPolicy(String product, String json) {
    store.putPolicy(product, json);
    file.wroteElsewhere();
  }
}
