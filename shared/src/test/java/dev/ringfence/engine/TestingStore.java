package dev.ringfence.engine;

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
import dev.ringfence.release.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory that keeps the contract, and dies or is overtaken where a test says so. */
final class TestingStore implements Store {
  final Map<String, Operation<?, ?>> operations = new TreeMap<>();
  final Map<String, List<JournalEntry>> journals = new TreeMap<>();
  final Map<Lane.Id, Lane> lanes = new HashMap<>();
  final Map<String, Set<String>> watchers = new TreeMap<>();
  final Map<String, Set<Pointer>> pointers = new TreeMap<>();
  final Map<String, String> policies = new TreeMap<>();
  private final TestingCustodies custodies = new TestingCustodies();
  private Proofs proofs = Proofs.NONE;
  private Boundaries boundaries = Boundaries.unharmed();
  private @Nullable Runnable beforeCommit;
  private @Nullable Runnable beforePoint;
  private @Nullable Runnable beforeAsk;
  private Runnable beforeEveryCommit = () -> {};
  private Consumer<Operation<?, ?>> invariant = operation -> {};

  void boundaries(Boundaries next) {
    boundaries = next;
  }

  /** Runs something of somebody else's right before the next commit. */
  void beforeNextCommit(Runnable interference) {
    beforeCommit = interference;
  }

  /** Runs something of somebody else's right before every commit. */
  void beforeEveryCommit(Runnable interference) {
    beforeEveryCommit = interference;
  }

  /** Runs something of somebody else's right before the next wish is written. */
  void beforeNextAsk(Runnable interference) {
    beforeAsk = interference;
  }

  /** Runs something of somebody else's right before the next pointers are written. */
  void beforePoint(Runnable interference) {
    beforePoint = interference;
  }

  /** Must hold for whatever is committed. */
  void always(Consumer<Operation<?, ?>> next) {
    invariant = next;
  }

  @Override
  public <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal) {
    return boundaries.cross(
        "create " + form.kind(),
        () -> {
          if (operations.containsKey(head.id())) {
            return false;
          }
          operations.put(head.id(), new Operation<>(head, parts, null, 1));
          head.alarms()
              .forEach(alarm ->
                  watchers.computeIfAbsent(alarm, a -> new LinkedHashSet<>()).add(head.id()));
          append(head.id(), journal);
          return true;
        });
  }

  @Override
  @SuppressWarnings("unchecked") // an id is only ever stored with its own form's types
  public <H extends Head, P extends Part> Optional<Operation<H, P>> load(
      Form<H, P> form, String id) {
    return boundaries.cross(
        "load " + form.kind(),
        () -> {
          Operation<?, ?> stored = operations.get(id);
          if (stored != null && stored.head().kind() != form.kind()) {
            throw new IllegalStateException(id + " is a " + stored.head().kind());
          }
          return Optional.ofNullable((Operation<H, P>) stored);
        });
  }

  @Override
  public <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims) {
    Runnable interference = beforeCommit;
    if (interference != null) {
      beforeCommit = null;
      interference.run();
    }
    beforeEveryCommit.run();
    return boundaries.cross(
        "commit " + form.kind() + " " + after.head().phaseName(),
        () -> {
          String id = before.head().id();
          requireFewChanges(before, after);
          if (versionOf(id) != before.version()) {
            throw new StaleWrite(id + " was written since");
          }
          custodies.require(claims);
          lanes(claims).forEach(this::require);
          lanes(claims).forEach(this::claim);
          custodies.claim(claims);
          Operation<H, P> next =
              new Operation<>(after.head(), after.parts(), after.request(), before.version() + 1);
          invariant.accept(next);
          operations.put(id, next);
          append(id, journal);
          return next;
        });
  }

  private static void requireFewChanges(Operation<?, ?> before, Operation<?, ?> after) {
    int changed = 0;
    for (int i = 0; i < before.parts().size(); i++) {
      changed += before.parts().get(i).equals(after.parts().get(i)) ? 0 : 1;
    }
    if (changed > PARTS_PER_COMMIT) {
      throw new IllegalStateException(changed + " parts in one commit");
    }
  }

  private static List<LaneClaim> lanes(List<Claim> claims) {
    return claims.stream().filter(LaneClaim.class::isInstance).map(LaneClaim.class::cast).toList();
  }

  private void require(LaneClaim claim) {
    String holder = lanes.getOrDefault(claim.lane(), Lane.free(claim.lane())).holder();
    String asking =
        switch (claim) {
          case LaneClaim.Take take -> take.holder();
          case LaneClaim.GiveBack back -> back.holder();
          case LaneClaim.Quarantine q -> holder;
        };
    if (holder != null && !holder.equals(asking)) {
      throw new StaleWrite(claim.lane() + " is held by " + holder);
    }
  }

  private void claim(LaneClaim claim) {
    Lane lane = lanes.getOrDefault(claim.lane(), Lane.free(claim.lane()));
    lanes.put(
        claim.lane(),
        switch (claim) {
          case LaneClaim.Take take -> with(lane, take.holder(), lane.installed());
          case LaneClaim.GiveBack back ->
              with(lane, null, back.installed() == null ? lane.installed() : back.installed());
          case LaneClaim.Quarantine q -> lane.banning(q.version(), q.artifact(), q.reason());
        });
  }

  private static Lane with(Lane lane, @Nullable String holder, @Nullable String installed) {
    return lane.heldBy(holder, installed);
  }

  @Override
  public boolean ask(String id, Request request) {
    Runnable interference = beforeAsk;
    if (interference != null) {
      beforeAsk = null;
      interference.run();
    }
    return boundaries.cross(
        "ask",
        () -> {
          Operation<?, ?> old = operations.get(id);
          if (old == null || old.head().isFinal() || old.request() != null) {
            return false;
          }
          operations.put(id, asked(old, request));
          return true;
        });
  }

  private static <H extends Head, P extends Part> Operation<H, P> asked(
      Operation<H, P> old, Request request) {
    return new Operation<>(old.head(), old.parts(), request, old.version() + 1);
  }

  @Override
  public boolean isAt(String id, long version) {
    return boundaries.cross("isAt", () -> versionOf(id) == version);
  }

  /** 0 when there is none. */
  private long versionOf(String id) {
    Operation<?, ?> stored = operations.get(id);
    return stored == null ? 0 : stored.version();
  }

  private boolean goesOn(String id) {
    Operation<?, ?> stored = operations.get(id);
    return stored != null && !stored.head().isFinal();
  }

  @Override
  public Lane lane(Lane.Id id) {
    return boundaries.cross("lane", () -> lanes.getOrDefault(id, Lane.free(id)));
  }

  @Override
  public Map<String, Custody> custody(Set<String> machines) {
    return boundaries.cross("custody", () -> custodies.read(machines, this::goesOn));
  }

  @Override
  public void announce(Lane.Id id, String version) {
    boundaries.run(
        "announce",
        () -> {
          Lane lane = lanes.getOrDefault(id, Lane.free(id));
          String newest = lane.newest();
          if (newest == null || new Version(newest).isOlderThan(new Version(version))) {
            lanes.put(id, lane.announcing(version));
          }
        });
  }

  @Override
  public boolean lift(Lane.Id id, String version) {
    Lane lane = lanes.getOrDefault(id, Lane.free(id));
    lanes.put(id, lane.lifting(version));
    return lane.quarantined().containsKey(version);
  }

  @Override
  public <H extends Head, P extends Part> List<H> recent(Form<H, P> form) {
    return operations.values().stream()
        .map(Operation::head)
        .filter(form.headType()::isInstance)
        .<H>map(form.headType()::cast)
        .sorted(Comparator.comparing(Head::isFinal))
        .toList();
  }

  @Override
  public void ended(Head.Kind kind, String id, Instant at) {
    boundaries.run("ended", () -> {});
  }

  @Override
  public List<String> watchersOf(String alarm) {
    return boundaries.cross(
        "watchersOf",
        () -> watchers.getOrDefault(alarm, Set.of()).stream().filter(this::goesOn).toList());
  }

  @Override
  public void unwatch(String id, Set<String> alarms) {
    boundaries.run("unwatch", () -> watchers.values().forEach(ids -> ids.remove(id)));
  }

  @Override
  public void point(String id, int part, List<String> machines, Instant at) {
    Runnable interference = beforePoint;
    if (interference != null) {
      beforePoint = null;
      interference.run();
    }
    boundaries.run(
        "point",
        () ->
            machines.forEach(machine ->
                pointers
                    .computeIfAbsent(machine, m -> new LinkedHashSet<>())
                    .add(new Pointer(machine, id, part, at))));
  }

  @Override
  public List<Pointer> pointersOf(String machine) {
    return List.copyOf(pointers.getOrDefault(machine, Set.of()));
  }

  @Override
  public List<JournalEntry> journal(String id) {
    return List.copyOf(journals.getOrDefault(id, List.of()));
  }

  @Override
  public void note(String id, JournalEntry entry) {
    boundaries.run("note", () -> append(id, List.of(entry)));
  }

  private void append(String id, List<JournalEntry> entries) {
    journals.computeIfAbsent(id, i -> new ArrayList<>()).addAll(entries);
  }

  @Override
  public void prove(DrillResult result) {
    boundaries.cross("prove", () -> proofs = proofs.with(result));
  }

  @Override
  public Proofs proofs() {
    return boundaries.cross("proofs", () -> proofs);
  }

  @Override
  public List<String> products() {
    return policies.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<String> policy(String product) {
    return boundaries.cross("policy", () -> Optional.ofNullable(policies.get(product)));
  }

  @Override
  public void putPolicy(String product, String json) {
    policies.put(product, json);
  }
}
