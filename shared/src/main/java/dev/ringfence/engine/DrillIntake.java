package dev.ringfence.engine;

import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.drill.Probing;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Reading;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts drills: those of the schedule, and those that an operator orders. */
public final class DrillIntake {
  /** The journal of what the schedule could not do for a product. */
  public static final String JOURNAL = "drill-schedule-";

  /** With a mark and a minute behind it an id stays below the 74 characters of the clock. */
  private static final int READABLE_MAX = 40;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Store store;
  private final Clocks clocks;
  private final InstantSource time;

  public DrillIntake(Store store, Clocks clocks, InstantSource time) {
    this.store = store;
    this.clocks = clocks;
    this.time = time;
  }

  /**
   * One run of the schedule: a drill for each product whose policy wants drills. Its first beat
   * finds out whether anything is due. The same run starts the same drills however often it comes.
   *
   * @param scheduled when the run was due
   * @return the ids of the drills that are there now
   */
  public List<String> run(Instant scheduled) {
    List<String> started = new ArrayList<>();
    RuntimeException broken = null;
    for (String product : store.products()) {
      try {
        order(product, scheduled, new DrillOrder.Scope.Due(), "the schedule")
            .ifPresent(order -> {
              begin(order);
              started.add(order.id());
            });
      } catch (RuntimeException one) {
        // One product that cannot be drilled must not shield the others; the run is tried again.
        broken = one;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return started;
  }

  /**
   * The order for a product by its policy.
   *
   * @param at tells this order from others of the product, to the minute
   * @return empty when there is no policy, when it cannot be read, or when it wants no drills
   */
  public Optional<DrillOrder> order(String product, Instant at, DrillOrder.Scope scope, String by) {
    Optional<String> stored = store.policy(product);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    return switch (PolicyReader.read(stored.get())) {
      case Reading.Refused<RolloutPolicy>(var problems) -> {
        store.note(
            JOURNAL + product,
            new JournalEntry(
                time.instant(), by, "cannot drill: the policy is wrong", problems.toString()));
        yield Optional.empty();
      }
      case Reading.Accepted<RolloutPolicy>(RolloutPolicy policy) ->
          Optional.ofNullable(policy.drills())
              .map(rules -> order(policy, rules, idOf(product, at, scope), scope, by));
    };
  }

  private DrillOrder order(
      RolloutPolicy policy, Drills rules, String id, DrillOrder.Scope scope, String by) {
    Probing probing = rules.instanceProfile() == null ? null : probing(policy.product());
    return new DrillOrder(id, policy.product(), policy.selector(), rules, scope, probing, by);
  }

  /** Null before any release of the product succeeded; new code says more than content does. */
  private @Nullable Probing probing(String product) {
    return store.recent(RolloutCourse.FORM).stream()
        .filter(head -> head.release().product().equals(product))
        .filter(head -> head.phase() instanceof RolloutPhase.Succeeded)
        .max(
            Comparator.comparing((Rollout head) -> head.release().channel() == Channel.CAPABILITY)
                .thenComparing(Rollout::acceptedAt))
        .map(head -> Probing.by(head.release()))
        .orElse(null);
  }

  /**
   * Stores a drill and starts its clock. Doing it twice is harmless.
   *
   * @return whether it is new
   */
  public boolean begin(DrillOrder order) {
    Drill drill = Drill.of(order, Marks.of(order.id()), time.instant());
    boolean isNew = store.create(DrillCourse.FORM, drill, List.of(), List.of());
    clocks.start(drill.kind(), drill.id());
    return isNew;
  }

  /** Readable, and different for different products, minutes and scopes. */
  private static String idOf(String product, Instant at, DrillOrder.Scope scope) {
    String minute = MINUTE.format(at);
    String readable = product.replaceAll("[^A-Za-z0-9_-]", "-");
    String start = readable.substring(0, Math.min(readable.length(), READABLE_MAX));
    return "drill-" + start + "-" + minute + "-" + Marks.of(product + " " + minute + " " + scope);
  }
}
