package dev.ringfence.infra.least;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.operation.Head;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.RolloutCourse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A person at night: a bad release is under way, is halted, looked into and taken back, by all that
 * the console or the dashboard offers.
 */
final class NightShift {
  private static final String PRODUCT = "falcon-content";
  private static final String BEFORE = "2026.11.02.1";
  private static final String BAD = "2026.11.03.2";
  private static final int MACHINES = 60;

  /** Of these it is read whether they may be stopped, since EC2 does not replace their roots. */
  private static final int METAL = 3;

  private static final long SEED = 20_261_123;

  /** Machines have the command by then, and some are hurt. */
  private static final Duration LATER = Duration.ofMinutes(2);

  private static final JsonMapper JSON = new JsonMapper();

  private final Lab lab;
  private final String rollout;

  /** Whether wishes come by the dashboard's widget, as its buttons send them. */
  private final boolean dashboard;

  private NightShift(Lab lab, boolean dashboard, String rollout) {
    this.lab = lab;
    this.dashboard = dashboard;
    this.rollout = rollout;
  }

  /** At once, when nobody knows yet whether commands were sent, and when they are under way. */
  static void atTheConsole(FunctionCalls calls) throws IOException {
    shift(calls, false, Duration.ZERO);
    shift(calls, false, LATER);
  }

  static void atTheDashboard(FunctionCalls calls) throws IOException {
    shift(calls, true, Duration.ZERO);
    shift(calls, true, LATER);
  }

  private static void shift(FunctionCalls calls, boolean dashboard, Duration later)
      throws IOException {
    FleetSpec fleet =
        FleetSpec.of(MACHINES, SEED)
            .running(PRODUCT, BEFORE)
            .with(FleetSpec.Oddity.BARE_METAL, METAL);
    Set<String> sent = new HashSet<>();
    List<Lab> opened = new ArrayList<>();
    try (Lab lab = Lab.open(fleet, beat -> opened.forEach(one -> note(one, beat, sent)))) {
      String rollout = publish(lab, calls);
      opened.add(lab);
      while (!sent.contains(rollout) && lab.clock().step()) {
        // Until the first machines are sent the release.
      }
      lab.clock().runUntil(lab.clock().instant().plus(later));
      NightShift shift = new NightShift(lab, dashboard, rollout);
      shift.haltAndLookInto();
      shift.takeBack();
    }
  }

  private static void note(Lab lab, Beat beat, Set<String> sent) {
    if (beat.kind() == Head.Kind.ROLLOUT && isSent(lab, beat.id())) {
      sent.add(beat.id());
    }
  }

  private static boolean isSent(Lab lab, String id) {
    return lab.look().load(RolloutCourse.FORM, id).orElseThrow().parts().stream()
        .flatMap(batch -> batch.members().stream())
        .anyMatch(member -> member.phase() instanceof MemberPhase.Dispatched);
  }

  private static String publish(Lab lab, FunctionCalls calls) {
    ChannelPolicy rules =
        ChannelPolicy.defaults(Channel.CONTENT)
            .with(WayBack.RESTORE, RestoreMode.ASK)
            .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.HYBRID_NODE));
    LabPolicies.register(
        lab.look(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, rules));
    lab.cloud().catalog().publish(PRODUCT, BAD, new Behaviour.BlueScreen());
    lab.clock().runUntil(lab.clock().instant().plus(Duration.ofMinutes(10)));
    Recording.listen(lab, calls);
    String event = ReleaseEvents.published(lab.cloud(), PRODUCT, BAD, Channel.CONTENT, lab.clock());
    return switch (lab.publish(event)) {
      case ReleaseIntake.Answer.Started started -> started.id();
      case ReleaseIntake.Answer.Refused refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }

  private void haltAndLookInto() {
    rollout("{'action': 'status', 'id': '%s'}");
    rollout("{'action': 'halt', 'id': '%s', 'reason': 'checkout is slow', 'by': 'anna'}");
    pass(Duration.ofMinutes(40));
    if (!dashboard) {
      // No button of the dashboard asks for these.
      rollout("{'action': 'plan', 'id': '%s'}");
      rollout("{'action': 'plan', 'product': 'falcon-content', 'channel': 'CONTENT'}");
      twice(
          true,
          "{'action': 'lift-quarantine', 'product': 'falcon-content', 'version': '"
              + BAD
              + "', 'reason': 'cleared', 'by': 'anna'}");
    }
  }

  private void takeBack() {
    // What may be done to a member depends on its group, so the plan asks Auto Scaling.
    restore(
        "{'action': 'plan', 'rollout': '%s', 'machines': ['"
            + memberOfAGroup()
            + "'], 'reason': 'hurt', 'by': 'anna'}");
    // On path B it is read what a stop would meet, and what the new volumes would be.
    twice(
        false,
        "{'action': 'plan', 'rollout': '%s', 'machines': ['"
            + hurt()
            + "'], 'path': 'B', 'reason': 'hurt', 'by': 'anna'}");
    twice(false, "{'action': 'plan', 'rollout': '%s', 'reason': 'hurt', 'by': 'anna'}");
    pass(Duration.ofMinutes(5));
    restore("{'action': 'status'}");
    if (!dashboard) {
      haltARestore();
    }
    twice(true, "{'action': 'approve', 'id': '%s', 'reason': 'go', 'by': 'anna'}");
    pass(Duration.ofHours(1));
  }

  private String memberOfAGroup() {
    return lab.look().load(RolloutCourse.FORM, rollout).orElseThrow().parts().stream()
        .flatMap(batch -> batch.members().stream())
        .map(Member::machine)
        .filter(id ->
            lab.cloud().fleet().instances().stream()
                .anyMatch(one ->
                    one.id().equals(id) && one.tags().containsKey(FleetSpec.AUTO_SCALING_TAG)))
        .findFirst()
        .orElseThrow();
  }

  private String hurt() {
    return lab.look().load(RolloutCourse.FORM, rollout).orElseThrow().parts().stream()
        .flatMap(batch -> batch.members().stream())
        .filter(member -> member.phase().hurtBehind() != null && member.point() != null)
        .map(Member::machine)
        .findFirst()
        .orElseThrow();
  }

  private void haltARestore() {
    JsonNode all = ask(DeployedPlane.RESTORE_CONSOLE, json("{'action': 'status'}"));
    ObjectNode halt = JSON.createObjectNode().put("action", "halt").put("by", "anna");
    ask(DeployedPlane.RESTORE_CONSOLE, halt.put("id", all.at("/underWay/0/id").asText("none")));
  }

  /** Asks, and asks again with what the answer wants confirmed; the same console tells both. */
  private void twice(boolean ofRollout, String input) {
    String console = ofRollout ? DeployedPlane.ROLLOUT_CONSOLE : DeployedPlane.RESTORE_CONSOLE;
    JsonNode asked = json(input);
    if (!dashboard) {
      ask(console, ask(console, asked).path("toConfirm"));
      return;
    }
    String desk = ofRollout ? "rollout" : "restore";
    widget(desk, asked);
    // The widget's answer is a page for people: what is in its button is what the desk tells.
    JsonNode toConfirm = ask(console, asked).path("toConfirm");
    widget(desk, toConfirm);
  }

  private void rollout(String input) {
    one("rollout", DeployedPlane.ROLLOUT_CONSOLE, input);
  }

  private void restore(String input) {
    one("restore", DeployedPlane.RESTORE_CONSOLE, input);
  }

  private void one(String desk, String console, String input) {
    if (dashboard) {
      widget(desk, json(input));
    } else {
      ask(console, json(input));
    }
  }

  private void widget(String desk, JsonNode wish) {
    ObjectNode event = JSON.createObjectNode();
    event.set(desk, wish);
    ask(DeployedPlane.WIDGET, event);
    ask(DeployedPlane.WIDGET, JSON.createObjectNode().put("show", rollout));
  }

  private JsonNode ask(String function, JsonNode input) {
    return switch (lab.plane().lambda().invoke(function, input)) {
      case LabLambda.Outcome.Returned(JsonNode payload) -> payload;
      case LabLambda.Outcome.Failed failed -> throw new IllegalStateException(failed.toString());
    };
  }

  private JsonNode json(String quoted) {
    try {
      return JSON.readTree(quoted.replace('\'', '"').replace("%s", rollout));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private void pass(Duration time) {
    lab.clock().runUntil(lab.clock().instant().plus(time));
  }
}
