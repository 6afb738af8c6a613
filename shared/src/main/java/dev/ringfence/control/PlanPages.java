package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.rollout.Admission;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.Planner;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Plans in words: which rings, who is in none of them and why. */
final class PlanPages {
  /** What stands between the names of reasons in a title. */
  private static final Pattern NAMES = Pattern.compile("[^A-Z_]+");

  private final Store store;
  private final World world;

  PlanPages(Store store, World world) {
    this.store = store;
    this.world = world;
  }

  /** The plan that a rollout follows. */
  ObjectNode of(Operation<Rollout, Batch> rollout, Moments moments) {
    Rollout head = rollout.head();
    Plan plan = head.plan();
    String title = head.release().product() + " " + head.release().version();
    if (plan == null) {
      return Json.answer(
              title
                  + " has no plan: its fleet is looked for when its turn comes, and it is "
                  + head.phaseName()
                  + ".")
          .put("id", head.id());
    }
    ObjectNode page =
        Json.answer(
            title
                + " goes to "
                + plan.machines()
                + " machines in "
                + plan.rings().size()
                + " rings; it is "
                + head.phaseName()
                + ".");
    page.put("id", head.id());
    page.put("acceptedAt", moments.at(head.acceptedAt()));
    return fill(page, plan, head.policy());
  }

  /** The plan that a product's next release would get, if it came now. */
  ObjectNode ofNext(RolloutAsk ask, Moments moments) {
    String product = ask.product();
    if (product == null) {
      return refused("id", "is missing: name a rollout, or a product to plan its next release");
    }
    Optional<String> stored = store.policy(product);
    if (stored.isEmpty()) {
      return refused("product", "is unknown: there is no policy for " + product);
    }
    return switch (PolicyReader.read(stored.get())) {
      case Reading.Refused<RolloutPolicy>(List<Problem> problems) ->
          Json.refusal(problems, RolloutUsage.usage());
      case Reading.Accepted<RolloutPolicy>(RolloutPolicy policy) ->
          next(policy, ask.channel() == null ? Channel.CONTENT : ask.channel(), moments);
    };
  }

  private ObjectNode next(RolloutPolicy policy, Channel channel, Moments moments) {
    Sight sight = world.observe(Watch.NOTHING.withFleet(policy.selector()));
    List<Machine> fleet = sight.fleet();
    if (fleet == null) {
      ObjectNode unread =
          Json.answer("There is no plan, because the fleet could not be read; try again.");
      unread.set("missing", Json.texts(sight.gaps()));
      return unread;
    }
    String id = policy.product() + "-next";
    ChannelPolicy rules = policy.channel(channel);
    Admission admission =
        Objects.requireNonNull(
            Admission.of(rules, store.proofs(), moments.now()), "the proofs were read");
    Plan plan = Planner.plan(id, rules, fleet, admission).plan();
    ObjectNode page =
        Json.answer(
            "The next "
                + channel
                + " release of "
                + policy.product()
                + " would go to "
                + plan.machines()
                + " of "
                + fleet.size()
                + " machines in "
                + plan.rings().size()
                + " rings, if it came now.");
    page.put("plannedAt", moments.at(moments.now()));
    return fill(page, plan, rules);
  }

  private static ObjectNode fill(ObjectNode page, Plan plan, ChannelPolicy rules) {
    page.put("machines", plan.machines());
    Duration start = Duration.ZERO;
    var rings = page.putArray("rings");
    for (Plan.Ring ring : plan.rings()) {
      rings
          .addObject()
          .put("ring", ring.name())
          .put("machines", ring.machines())
          .put("opensAtTheEarliest", Moments.span(start) + " after the beginning")
          .put("isWatchedFor", Moments.span(ring.gap()));
      start = start.plus(ring.gap());
    }
    page.put("lastsAtLeast", Moments.span(start));
    page.put("recovery", plan.recoveryInWords(rules));
    ObjectNode zones = page.putObject("zones");
    new TreeMap<>(plan.zones()).forEach(zones::put);
    page.set(
        "leftOut",
        Json.rows(List.copyOf(new TreeMap<>(plan.leftOut()).entrySet()), PlanPages::leftOut));
    page.set(
        "waysBack",
        Json.rows(List.copyOf(new TreeMap<>(plan.waysBack()).entrySet()), PlanPages::wayBack));
    page.set("strata", Json.texts(plan.strata()));
    return page;
  }

  private static ObjectNode leftOut(Map.Entry<String, Integer> reason) {
    String sentence =
        Arrays.stream(Unrestorable.values())
            .filter(known -> known.name().equals(reason.getKey()))
            .map(Unrestorable::sentence)
            .findFirst()
            .orElse(
                reason.getKey().startsWith(Admission.NOT_PROVEN)
                    ? "No restore of its class was rehearsed lately; see the function drill."
                    : "Its agent did not answer lately, or it is not running.");
    return Json.object()
        .put("reason", reason.getKey())
        .put("machines", reason.getValue())
        .put("because", sentence);
  }

  /** What a path costs or why it is closed is told by the names in its title. */
  private static ObjectNode wayBack(Map.Entry<String, Integer> way) {
    ObjectNode row = Json.object().put("paths", way.getKey()).put("machines", way.getValue());
    List<String> named =
        Arrays.stream(Unrestorable.values())
            .filter(known -> NAMES.splitAsStream(way.getKey()).anyMatch(known.name()::equals))
            .map(known -> known.name() + ": " + known.sentence())
            .toList();
    if (!named.isEmpty()) {
      row.set("because", Json.texts(named));
    }
    return row;
  }

  private static ObjectNode refused(String field, String message) {
    return Json.refusal(List.of(new Problem(field, message)), RolloutUsage.usage());
  }
}
