package dev.ringfence.lab.store;

import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.Changes;
import dev.ringfence.functions.record.Codec;
import dev.ringfence.functions.record.Gravity;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The store without a table, for suites that tell hundreds of stories: it keeps the same contract
 * as the one on DynamoDB and stores values as the same JSON. What it does not know is a call that
 * fails or an answer that is lost; wrap it to have those. Many threads may use it.
 */
public final class MemoryStore implements Store {
  private final Codec codec = new Codec();
  private final Bodies bodies = new Bodies(codec);
  private final Comparator<String> age;
  private final Map<String, Bodies.Stored> operations = new TreeMap<>();
  private final Map<String, List<JournalEntry>> journals = new TreeMap<>();
  private final MemoryLanes lanes = new MemoryLanes();
  private final MemoryCustodies custodies = new MemoryCustodies();
  private final MemoryRecents recents = new MemoryRecents();
  private final Map<String, Set<String>> watchers = new TreeMap<>();
  private final Map<String, Set<Pointer>> pointers = new TreeMap<>();
  private final Map<String, String> policies = new TreeMap<>();
  private Proofs proofs = Proofs.NONE;

  /**
   * @param age orders versions, older ones first
   */
  public MemoryStore(Comparator<String> age) {
    this.age = age;
  }

  @Override
  public synchronized <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal) {
    if (operations.containsKey(head.id())) {
      return false;
    }
    Changes<P> changes = Changes.of(head.id(), parts);
    Operation<H, P> first = new Operation<>(head, parts, null, 1);
    operations.put(head.id(), bodies.stored(form, first, changes, List.of()));
    head.alarms().forEach(a -> watchers.computeIfAbsent(a, name -> new TreeSet<>()).add(head.id()));
    append(head.id(), journal);
    recents.created(form.kind(), head.id());
    return true;
  }

  @Override
  public synchronized <H extends Head, P extends Part> Optional<Operation<H, P>> load(
      Form<H, P> form, String id) {
    return Optional.ofNullable(operations.get(id))
        .map(stored -> bodies.operation(form, id, stored));
  }

  @Override
  public synchronized <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims) {
    String id = before.head().id();
    Changes<P> changes = Changes.between(before, after);
    if (!isAt(id, before.version())) {
      throw new StaleWrite(id + " is no longer at version " + before.version());
    }
    Bodies.Stored old = operations.get(id);
    Operation<H, P> next =
        new Operation<>(after.head(), after.parts(), after.request(), before.version() + 1);
    Bodies.Stored stored =
        bodies.stored(form, next, changes, old == null ? List.of() : old.parts());
    custodies.require(claims);
    lanes.claim(claims);
    custodies.claim(claims);
    operations.put(id, stored);
    append(id, journal);
    return next;
  }

  @Override
  public synchronized boolean ask(String id, Request request) {
    Bodies.Stored old = operations.get(id);
    if (old == null || old.ended()) {
      return false;
    }
    Request standing = old.request();
    if (standing != null && !Gravity.milderThan(request.wish()).contains(standing.wish())) {
      return false;
    }
    long version = old.version() + 1;
    operations.put(
        id, new Bodies.Stored(old.kind(), false, old.head(), old.parts(), request, version));
    return true;
  }

  @Override
  public synchronized boolean isAt(String id, long version) {
    Bodies.Stored stored = operations.get(id);
    return stored != null && stored.version() == version;
  }

  @Override
  public synchronized Lane lane(Lane.Id id) {
    return lanes.read(id);
  }

  @Override
  public synchronized Map<String, Custody> custody(Set<String> machines) {
    return custodies.read(machines, this::goesOn);
  }

  @Override
  public synchronized void announce(Lane.Id id, String version) {
    lanes.announce(id, version, age);
  }

  @Override
  public synchronized boolean lift(Lane.Id id, String version) {
    return lanes.lift(id, version);
  }

  @Override
  public synchronized <H extends Head, P extends Part> List<H> recent(Form<H, P> form) {
    return recents.of(form.kind()).stream()
        .flatMap(id -> load(form, id).stream())
        .map(Operation::head)
        .toList();
  }

  @Override
  public synchronized void ended(Head.Kind kind, String id, Instant at) {
    recents.ended(kind, id, at);
  }

  @Override
  public synchronized List<String> watchersOf(String alarm) {
    return watchers.getOrDefault(alarm, Set.of()).stream().filter(this::goesOn).toList();
  }

  @Override
  public synchronized void unwatch(String id, Set<String> alarms) {
    alarms.forEach(alarm -> watchers.getOrDefault(alarm, new TreeSet<>()).remove(id));
  }

  @Override
  public synchronized void point(String id, int part, List<String> machines, Instant at) {
    for (String machine : machines) {
      pointers
          .computeIfAbsent(machine, name -> new LinkedHashSet<>())
          .add(new Pointer(machine, id, part, at));
    }
  }

  @Override
  public synchronized List<Pointer> pointersOf(String machine) {
    return pointers.getOrDefault(machine, Set.of()).stream()
        .sorted(Comparator.comparing(Pointer::at).thenComparing(Pointer::operation).reversed())
        .toList();
  }

  @Override
  public synchronized List<JournalEntry> journal(String id) {
    return journals.getOrDefault(id, List.of()).stream()
        .sorted(Comparator.comparing(JournalEntry::at))
        .toList();
  }

  @Override
  public synchronized void note(String id, JournalEntry entry) {
    if (!journals.getOrDefault(id, List.of()).contains(entry)) {
      append(id, List.of(entry));
    }
  }

  @Override
  public synchronized void prove(DrillResult result) {
    proofs = proofs.with(result);
  }

  @Override
  public synchronized Proofs proofs() {
    return proofs;
  }

  @Override
  public synchronized List<String> products() {
    return List.copyOf(policies.keySet());
  }

  @Override
  public synchronized Optional<String> policy(String product) {
    return Optional.ofNullable(policies.get(product));
  }

  @Override
  public synchronized void putPolicy(String product, String json) {
    policies.put(product, json);
  }

  private void append(String id, List<JournalEntry> entries) {
    String body = codec.writeList(JournalEntry.class, entries);
    journals
        .computeIfAbsent(id, name -> new ArrayList<>())
        .addAll(codec.readList(JournalEntry.class, body));
  }

  private boolean goesOn(String id) {
    Bodies.Stored stored = operations.get(id);
    return stored != null && !stored.ended();
  }
}
