package dev.ringfence.functions.fakes;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.Decision.LaneClaim;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what the functions' tests need of a store, with everything open to be looked at. */
public final class MemoryStore implements Store {
  public final Map<String, Operation<?, ?>> operations = new HashMap<>();
  public final Map<String, String> policies = new HashMap<>();
  public final Map<String, List<JournalEntry>> journals = new HashMap<>();
  public final Map<String, List<String>> watchers = new HashMap<>();
  public final Map<String, Request> requests = new HashMap<>();
  public Proofs proofs = Proofs.NONE;
  public final Map<Lane.Id, Lane> banned = new HashMap<>();

  @Override
  public <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal) {
    return operations.putIfAbsent(head.id(), new Operation<>(head, parts, null, 1)) == null;
  }

  @Override
  public <H extends Head, P extends Part> Optional<Operation<H, P>> load(
      Form<H, P> form, String id) {
    Operation<?, ?> found = operations.get(id);
    if (found == null) {
      return Optional.empty();
    }
    if (found.head().kind() != form.kind()) {
      throw new IllegalStateException(id + " is a " + found.head().kind());
    }
    List<P> parts = found.parts().stream().map(form.partType()::cast).toList();
    return Optional.of(
        new Operation<>(
            form.headType().cast(found.head()), parts, found.request(), found.version()));
  }

  @Override
  public <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims) {
    Operation<H, P> stored =
        new Operation<>(after.head(), after.parts(), after.request(), before.version() + 1);
    operations.put(after.head().id(), stored);
    journals.computeIfAbsent(after.head().id(), _ -> new ArrayList<>()).addAll(journal);
    claims.forEach(this::claim);
    return stored;
  }

  /** Once only, as the contract has it: the second time the wish stands already. */
  @Override
  public boolean ask(String id, Request request) {
    Operation<?, ?> asked = operations.get(id);
    if (asked != null) {
      operations.put(id, asked(asked, request));
    }
    return requests.putIfAbsent(id, request) == null;
  }

  private static <H extends Head, P extends Part> Operation<H, P> asked(
      Operation<H, P> operation, Request request) {
    return new Operation<>(operation.head(), operation.parts(), request, operation.version() + 1);
  }

  @Override
  public boolean isAt(String id, long version) {
    return true;
  }

  @Override
  public Lane lane(Lane.Id id) {
    return banned.getOrDefault(id, Lane.free(id));
  }

  private void claim(Claim claim) {
    if (claim instanceof LaneClaim.Quarantine ban) {
      banned.put(ban.lane(), lane(ban.lane()).banning(ban.version(), ban.artifact(), ban.reason()));
    }
  }

  @Override
  public Map<String, Custody> custody(Set<String> machines) {
    Map<String, Custody> free = new HashMap<>();
    machines.forEach(machine -> free.put(machine, Custody.NOBODY));
    return free;
  }

  @Override
  public void announce(Lane.Id id, String version) {}

  @Override
  public boolean lift(Lane.Id id, String version) {
    Lane lane = lane(id);
    banned.put(id, lane.lifting(version));
    return lane.quarantined().containsKey(version);
  }

  @Override
  public <H extends Head, P extends Part> List<H> recent(Form<H, P> form) {
    return operations.values().stream()
        .map(Operation::head)
        .filter(form.headType()::isInstance)
        .<H>map(form.headType()::cast)
        .toList();
  }

  @Override
  public void ended(Head.Kind kind, String id, Instant at) {}

  @Override
  public List<String> watchersOf(String alarm) {
    return watchers.getOrDefault(alarm, List.of());
  }

  @Override
  public void unwatch(String id, Set<String> alarms) {}

  @Override
  public void point(String id, int part, List<String> machines, Instant at) {}

  @Override
  public List<Pointer> pointersOf(String machine) {
    return List.of();
  }

  @Override
  public List<JournalEntry> journal(String id) {
    return journals.getOrDefault(id, List.of());
  }

  @Override
  public void note(String id, JournalEntry entry) {
    journals.computeIfAbsent(id, _ -> new ArrayList<>()).add(entry);
  }

  @Override
  public void prove(DrillResult result) {
    proofs = proofs.with(result);
  }

  @Override
  public Proofs proofs() {
    return proofs;
  }

  @Override
  public List<String> products() {
    return policies.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<String> policy(String product) {
    return Optional.ofNullable(policies.get(product));
  }

  @Override
  public void putPolicy(String product, String json) {
    policies.put(product, json);
  }
}
