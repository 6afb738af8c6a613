package dev.ringfence.drills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.contract.Tags;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Head;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.RolloutPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrillsTest {
  private static final String PRODUCT = "falcon";
  private static final String SUBNET = Networks.sealedSubnet(Account.ZONES.getFirst());

  private final Set<String> drills = new TreeSet<>();

  /** The snapshots of t3 machines do not boot although the machines are well. */
  @Test
  void classWhoseSnapshotsDoNotBoot_isFoundByItsDrill_andEverybodyElsePasses() throws IOException {
    try (Lab lab = lab()) {
      lab.cloud().faults().restore().snapshotsDoNotBoot(Stratum.ofFamily("t3"));
      snapshotEverybody(lab);
      List<String> before = alive(lab);
      lab.plane().runDrillSchedule();
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(6)));
      List<Rehearsal> all = rehearsals(lab);
      assertEquals(15, all.size());
      for (Rehearsal one : all) {
        DrillResult result = Objects.requireNonNull(one.result());
        boolean torn = one.restoreClass().contains(" / t3 / ");
        assertEquals(!torn, result.passed(), one.toString());
        if (result.verdict() instanceof Verdict.Failed failed) {
          assertEquals(DrillFailure.DID_NOT_BOOT, failed.reason());
        }
      }
      assertTrue(all.stream().anyMatch(one -> one.restoreClass().contains(" / t3 / ")));
      assertEquals(List.of(), lab.cloud().truth().leftovers().tagged(Tags.DRILL));
      assertEquals(List.of(), lab.cloud().truth().leftovers().loose());
      assertEquals(before, alive(lab), "no machine of the fleet was touched");
      assertEquals(
          Set.of(),
          lab.cloud().truth().everStopped().stream()
              .filter(before::contains)
              .collect(Collectors.toSet()));
    }
  }

  @Test
  void eachClone_isIsolated() throws IOException {
    try (Lab lab = lab()) {
      lab.plane().runDrillSchedule();
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(6)));
      List<String> clones = lab.cloud().truth().leftovers().launched();
      assertFalse(clones.isEmpty());
      for (Machine clone : lab.cloud().fleet().instances()) {
        if (clones.contains(clone.id())) {
          assertNull(clone.settings().profileArn(), clone.id());
          assertEquals(SUBNET, clone.settings().subnetId());
          assertEquals(List.of(Networks.SEALED_GROUP), clone.settings().securityGroups());
          assertTrue(clone.tags().containsKey(Tags.DRILL));
          assertFalse(clone.tags().containsKey(FleetSpec.PRODUCT_TAG));
        }
      }
    }
  }

  @Test
  void aPersonDrillsAMachineFromTheConsole() throws IOException {
    try (Lab lab = lab()) {
      String machine =
          alive(lab).stream().filter(id -> id.startsWith("i-")).findFirst().orElseThrow();
      JsonNode plan = ask(lab, "{\"action\":\"plan\",\"machines\":[\"" + machine + "\"]}");
      assertTrue(plan.has("toConfirm"), plan.toPrettyString());
      JsonNode begun = ask(lab, plan.path("toConfirm").toString());
      String status = "{\"action\":\"status\",\"id\":\"" + begun.path("id").asText() + "\"}";
      lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(4)));
      JsonNode done = ask(lab, status);
      assertTrue(
          done.path("answer").asText().endsWith("DONE: 1 machines passed and 0 failed."),
          done.toPrettyString());
      assertTrue(done.at("/machines/0/kept").asText().contains("s3://"), done.toPrettyString());
      String kind = plan.at("/machines/0/standsFor").asText();
      JsonNode proven = ask(lab, "{\"action\":\"status\",\"product\":\"falcon\"}");
      assertTrue(proven.path("answer").asText().startsWith("falcon: 1 of "), proven.toString());
      assertTrue(lab.look().proofs().ofClass(kind).standing().isPresent());
      assertEquals(List.of(), lab.cloud().truth().leftovers().tagged(Tags.DRILL));
    }
  }

  private static JsonNode ask(Lab lab, String input) {
    try {
      JsonNode question = new JsonMapper().readTree(input);
      return switch (lab.plane().lambda().invoke(DeployedPlane.DRILL_CONSOLE, question)) {
        case LabLambda.Outcome.Returned(JsonNode payload) -> payload;
        case LabLambda.Outcome.Failed failed -> throw new AssertionError(failed.toString());
      };
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private Lab lab() throws IOException {
    Lab lab =
        Lab.open(
            FleetSpec.of(40, 7).running(PRODUCT, "1.0.0"),
            beat -> {
              if (beat.kind() == Head.Kind.DRILL) {
                drills.add(beat.id());
              }
            });
    RolloutPolicy policy = LabPolicies.of(PRODUCT);
    LabPolicies.register(
        lab.plane().store(),
        new RolloutPolicy(
            policy.product(),
            policy.selector(),
            policy.signing(),
            Drills.in(SUBNET, Networks.SEALED_GROUP),
            policy.content(),
            policy.capability()));
    lab.clock().runUntil(lab.clock().instant().plus(Duration.ofMinutes(10)));
    return lab;
  }

  private static void snapshotEverybody(Lab lab) {
    for (String machine : alive(lab)) {
      lab.onlooker()
          .ec2()
          .createSnapshots(set -> set.instanceSpecification(one -> one.instanceId(machine)));
    }
    lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(2)));
  }

  private static List<String> alive(Lab lab) {
    return lab.cloud().fleet().instances().stream()
        .filter(machine -> machine.tags().containsKey(FleetSpec.PRODUCT_TAG))
        .filter(machine -> lab.cloud().truth().isAlive(machine.id()))
        .map(Machine::id)
        .toList();
  }

  private List<Rehearsal> rehearsals(Lab lab) {
    List<Rehearsal> all = new ArrayList<>();
    for (String id : drills) {
      lab.look()
          .load(DrillCourse.FORM, id)
          .orElseThrow()
          .parts()
          .forEach(bay -> all.addAll(bay.rehearsals()));
    }
    return all;
  }
}
