package dev.ringfence.policy;

import static dev.ringfence.release.json.Readings.accepted;
import static dev.ringfence.release.json.Readings.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.release.Channel;
import dev.ringfence.release.json.JsonMutations;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  private static final int MUTATIONS = 5_000;

  @Test
  void aProductAndASelector_areAFullPolicy() {
    assertEquals(
        RolloutPolicy.of("falcon", Map.of("ringfence:product", List.of("falcon"))),
        accepted(PolicyReader.read(Policies.SHORTEST)));
  }

  @Test
  void theDefaultPolicy_roundTrips() {
    RolloutPolicy policy = accepted(PolicyReader.read(Policies.SHORTEST));
    ObjectNode written = PolicyWriter.toJson(policy);
    assertEquals(policy, accepted(PolicyReader.read(written)));
    assertEquals(policy, accepted(PolicyReader.read(written.toString())));
    assertEquals(written, PolicyWriter.toJson(accepted(PolicyReader.read(written))));
  }

  @Test
  void aFullPolicy_saysWhatItSays_andRoundTrips() {
    RolloutPolicy policy = accepted(PolicyReader.read(Policies.FULL));
    ChannelPolicy content =
        ChannelPolicy.defaults(Channel.CONTENT)
            .with(Pace.GROWTH, 3.0)
            .with(Proof.ALARMS, List.of("checkout-5xx"))
            .with(
                Pace.WINDOWS,
                List.of(
                    new MaintenanceWindow(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY),
                        LocalTime.of(22, 0),
                        Duration.ofHours(6),
                        ZoneId.of("Europe/Zurich"))))
            .with(
                WayBack.RESTORE_POINT, new RestorePointRule.ReuseYoungerThan(Duration.ofHours(12)))
            .with(Proof.FAILURE_BUDGET, new FailureBudget(0.02, 3, 40));
    ChannelPolicy capability =
        ChannelPolicy.defaults(Channel.CAPABILITY)
            .with(Pace.RINGS, List.of(new RingRule("lab", Map.of("env", List.of("lab")))))
            .with(Pace.DEADLINE, Duration.ofDays(5))
            .with(Pace.OBSERVATION, Duration.ofDays(1))
            .with(WayBack.RESTORE, RestoreMode.ASK)
            .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.SPOT))
            .with(Pace.CALENDARS, List.of("freeze"))
            .with(WayBack.AFTERCARE, Duration.ofDays(1));
    assertEquals(
        new RolloutPolicy(
            "falcon",
            Map.of("ringfence:product", List.of("falcon"), "os", List.of("win", "linux")),
            new Signing(true, Map.of("release-2026", Policies.KEY)),
            Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0"),
            content,
            capability),
        policy);
    assertEquals(policy, accepted(PolicyReader.read(PolicyWriter.toJson(policy))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/product | 7 | policy.product",
        "/product | \"a b\" | policy.product",
        "/selector | {} | policy.selector",
        "/selector/os | [] | policy.selector.os",
        "/selector/os | [\"win\",\"win\"] | policy.selector.os[1]",
        "/selector/os | [7] | policy.selector.os[0]",
        "/signing/required | 1 | policy.signing.required",
        "/signing/keys/eve | \"AAAA\" | policy.signing.keys.eve",
        "/signing/key | \"x\" | policy.signing.key",
        "/canary | {} | policy.canary",
        "/content | [] | policy.content",
        "/content/growht | 10 | policy.content.growht",
        "/content/rings | {} | policy.content.rings",
        "/content/rings | [{\"name\":\"a\"}] | policy.content.rings[0].tags",
        "/content/rings | [{\"name\":\"pilot\",\"tags\":{\"a\":\"b\"}}] | policy.content.rings[0].name",
        "/content/rings | [{\"name\":\"a\",\"tags\":{\"a\":\"b\"}},{\"name\":\"a\",\"tags\":{\"a\":\"c\"}}] | policy.content.rings[1].name",
        "/content/growth | 1 | policy.content.growth",
        "/content/growth | 1.24 | policy.content.growth",
        "/content/growth | 1e400 | policy.content.growth",
        "/content/growth | \"3\" | policy.content.growth",
        "/content/detectShare | 0 | policy.content.detectShare",
        "/content/detectShare | 1 | policy.content.detectShare",
        "/content/beta | 1.5 | policy.content.beta",
        "/content/alpha | 0 | policy.content.alpha",
        "/content/alpha | 1 | policy.content.alpha",
        "/content/deadline | \"15 min\" | policy.content.deadline",
        "/content/deadline | 900 | policy.content.deadline",
        "/content/deadline | \"PT15M\" | policy.content.deadline",
        "/content/deadline | \"P91D\" | policy.content.deadline",
        "/capability/observation | \"PT11H\" | policy.capability.observation",
        "/content/dispatch | \"PT0S\" | policy.content.dispatch",
        "/content/bake | \"-PT10M\" | policy.content.bake",
        "/content/bake | \"PT6M\" | policy.content.bake",
        "/content/maxInFlight | 0 | policy.content.maxInFlight",
        "/content/maxInFlight | 50.5 | policy.content.maxInFlight",
        "/content/maxInFlight | 99999999999 | policy.content.maxInFlight",
        "/content/perZoneShare | 1.1 | policy.content.perZoneShare",
        "/content/group | \"\" | policy.content.group",
        "/content/perGroupShare | 0 | policy.content.perGroupShare",
        "/content/failureBudget | {\"atLeast\":2} | policy.content.failureBudget.share",
        "/content/failureBudget/atMost | 2 | policy.content.failureBudget.atMost",
        "/content/failureBudget/share | 0 | policy.content.failureBudget.share",
        "/content/proofOfLife | \"PT10M\" | policy.content.proofOfLife",
        "/content/heartbeatSilence | \"PT5M\" | policy.content.heartbeatSilence",
        "/content/deliveryTimeout | \"PT29S\" | policy.content.deliveryTimeout",
        "/content/deliveryTimeout | \"PT20M\" | policy.content.proofOfLife",
        "/content/deliveryRetries | 4 | policy.content.deliveryRetries",
        "/content/deliveryHold | \"PT3H\" | policy.content.holdLimit",
        "/content/alarms | \"a\" | policy.content.alarms",
        "/content/alarms | [\"a\",\"a\"] | policy.content.alarms[1]",
        "/content/alarmHold | \"PT3H\" | policy.content.holdLimit",
        "/content/windows | [{\"from\":\"22:00\",\"duration\":\"PT6H\"}] | policy.content.windows[0].zone",
        "/content/windows | [{\"from\":\"25:00\",\"duration\":\"PT6H\",\"zone\":\"UTC\"}] | policy.content.windows[0].from",
        "/content/windows | [{\"from\":\"22:00\",\"duration\":\"P8D\",\"zone\":\"UTC\"}] | policy.content.windows[0].duration",
        "/content/windows | [{\"from\":\"22:00\",\"duration\":\"PT6H\",\"zone\":\"Mars\"}] | policy.content.windows[0].zone",
        "/content/windows | [{\"days\":[\"MONDAY\"],\"from\":\"22:00\",\"duration\":\"PT6H\",\"zone\":\"UTC\"}] | policy.content.windows[0].days[0]",
        "/content/windows | [{\"days\":[],\"from\":\"22:00\",\"duration\":\"PT6H\",\"zone\":\"UTC\"}] | policy.content.windows[0].days",
        "/content/calendars | [\"a b\"] | policy.content.calendars[0]",
        "/content/holdLimit | \"PT10M\" | policy.content.holdLimit",
        "/content/restore | \"auto\" | policy.content.restore",
        "/content/restorePoint | {} | policy.content.restorePoint",
        "/content/restorePoint | {\"fresh\":false} | policy.content.restorePoint.fresh",
        "/content/restorePoint | {\"fresh\":true,\"reuseYoungerThan\":\"PT1H\"} | policy.content.restorePoint",
        "/content/restorePoint | {\"reuseYoungerThan\":\"PT0S\"} | policy.content.restorePoint.reuseYoungerThan",
        "/content/updateWithoutRestore | [\"ALL\"] | policy.content.updateWithoutRestore[0]",
        "/content/recoveryTime | \"PT0S\" | policy.content.recoveryTime",
        "/content/restoresAtOnce | 0 | policy.content.restoresAtOnce",
        "/content/aftercare | \"PT5M\" | policy.content.aftercare",
        "/capability/deadline | \"PT14H\" | policy.capability.deadline",
        "/capability/deadline | \"PT27H59M\" | policy.capability.deadline",
        "/capability/alpha | null | policy.capability.alpha"
      })
  void aWrongField_isRefusedByItsName(String at, String json, String field) {
    assertEquals(Set.of(field), refused(PolicyReader.read(Policies.with(at, json))));
  }

  @Test
  void problemsEverywhere_areToldAtOnce() {
    ObjectNode policy =
        Policies.tree(
            """
            {"selector":{"a":[]},"content":{"growth":0,"speed":1},"capability":{"bake":"PT0S"}}
            """);
    assertEquals(
        Set.of(
            "policy.product",
            "policy.selector.a",
            "policy.content.growth",
            "policy.content.speed",
            "policy.capability.bake"),
        refused(PolicyReader.read(policy)));
  }

  @Test
  void aRefusal_saysWhy() {
    assertEquals(
        new Reading.Refused<RolloutPolicy>(
            List.of(
                new Problem(
                    "policy.content.proofOfLife",
                    "must not be below heartbeatSilence (PT11M): before that, a silent machine"
                        + " cannot be told from one between two pings"))),
        PolicyReader.read(Policies.with("/content/proofOfLife", "\"PT10M\"")));
  }

  @Test
  void aftercare_followsObservation_unlessItIsGiven() {
    ObjectNode policy = Policies.with("/content/observation", "\"PT4H\"");
    assertEquals(Duration.ofHours(4), accepted(PolicyReader.read(policy)).content().aftercare());
    ((ObjectNode) policy.get("content")).put("aftercare", "PT30M");
    assertEquals(Duration.ofMinutes(30), accepted(PolicyReader.read(policy)).content().aftercare());
  }

  @Test
  void everyDefault_passesItsOwnLimits_andTheirsTogether() {
    ObjectNode written = PolicyWriter.toJson(RolloutPolicy.of("falcon", Map.of("a", List.of("b"))));
    assertEquals(Set.of(), refused(PolicyReader.read(written)));
    assertEquals(ChannelPolicy.SETTINGS.size(), written.get("content").size());
  }

  @Test
  void aValueBeyondItsLimits_cannotBeSetInCodeEither() {
    ChannelPolicy content = ChannelPolicy.defaults(Channel.CONTENT);
    assertThrows(IllegalArgumentException.class, () -> content.with(Pace.GROWTH, 0.5));
    assertThrows(IllegalArgumentException.class, () -> content.with(Proof.ALPHA, Double.NaN));
  }

  @Test
  void hugePolicies_areRefused() {
    String huge = Policies.SHORTEST + " ".repeat(PolicyReader.MAX_POLICY_BYTES);
    assertEquals(Set.of("policy"), refused(PolicyReader.read(huge)));
  }

  @Test
  void randomMutations_areAcceptedOrRefused_neverThrown() {
    long seed = 8_500_000;
    JsonNode valid = PolicyWriter.toJson(accepted(PolicyReader.read(Policies.FULL)));
    int accepted = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      JsonMutations mutations = new JsonMutations(seed + i);
      JsonNode tree = mutations.ofTree(valid);
      String text = mutations.ofText(Policies.FULL);
      try {
        accepted += acceptedAlsoWhenWrittenAgain(PolicyReader.read(tree));
        accepted += acceptedAlsoWhenWrittenAgain(PolicyReader.read(text));
      } catch (RuntimeException thrown) {
        throw new AssertionError("seed " + (seed + i) + ": " + tree + "\n" + text, thrown);
      }
    }
    assertTrue(accepted > MUTATIONS / 20 && accepted < MUTATIONS, accepted + " accepted");
  }

  private static int acceptedAlsoWhenWrittenAgain(Reading<RolloutPolicy> reading) {
    return switch (reading) {
      case Reading.Accepted<RolloutPolicy>(RolloutPolicy policy) -> {
        assertEquals(policy, accepted(PolicyReader.read(PolicyWriter.toJson(policy))));
        yield 1;
      }
      case Reading.Refused<RolloutPolicy>(List<Problem> problems) -> 0;
    };
  }
}
