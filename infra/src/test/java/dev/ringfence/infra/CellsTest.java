package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringfence.contract.DrillTimes;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.RolloutPolicy;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two cells side by side, and one that hears itself. */
class CellsTest {
  private static final String PRODUCT = "falcon";
  private static final int MACHINES = 24;
  private static final long SEED = 7;

  private static final Synth ONE = Synth.cell();
  private static final Synth OTHER = Synth.of(props -> props.name("fleet-two"));

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    return both;
  }

  /** What a reference to a thing of the own stack stands for is another in each stack. */
  private static Set<String> withoutOwnThings(Set<String> streams) {
    return streams.stream()
        .filter(stream -> !stream.contains("${Ringfence"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void alarmsOfTwoCells_lookAtDifferentMetrics() {
    Set<String> one = withoutOwnThings(Streams.ofAlarms(ONE));
    Set<String> other = withoutOwnThings(Streams.ofAlarms(OTHER));
    assertEquals(
        Set.of(
            "Ringfence/DrillCoverage Cell=fleet-two Product=falcon",
            "Ringfence/DrillLeftovers Cell=fleet-two",
            "Ringfence/DrillScheduleRuns Cell=fleet-two",
            "Ringfence/ExpiredStuck Cell=fleet-two"),
        other);
    assertEquals(Set.of(), both(one, other));
    assertEquals(other.size(), one.size());
  }

  /**
   * The registry is made by the first cell, as README says; an alias belongs to its function, and a
   * role's own policy to its role.
   */
  @Test
  void namesOfTwoCells_areDifferent() {
    Set<String> shared = both(Streams.names(ONE), Streams.names(OTHER));
    shared.removeIf(name -> name.startsWith("AWS::IAM::Policy "));
    assertEquals(
        Set.of(
            "AWS::EventSchemas::Registry lambda-testevent-schemas",
            "AWS::EventSchemas::Schema lambda-testevent-schemas",
            "AWS::Lambda::Alias live"),
        shared);
  }

  /** Policies of IAM and dashboards are there once for all Regions of an account. */
  @Test
  void namesThatRegionsShare_nameTheirRegion() {
    Set<String> everywhere =
        Streams.names(ONE).stream()
            .filter(name ->
                name.startsWith("AWS::IAM::") || name.startsWith("AWS::CloudWatch::Dashboard"))
            .filter(name -> !name.startsWith("AWS::IAM::Policy "))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "AWS::CloudWatch::Dashboard ringfence-${AWS::Region}",
            "AWS::IAM::ManagedPolicy ringfence-operators-${AWS::Region}"),
        everywhere);
  }

  /** A day of drills in the lab, whose cell is called as the stack is called by itself. */
  @Test
  void whatAlarmsAndGraphsLookAt_isWhatFunctionsTell() throws IOException {
    Set<String> told = told();
    Set<String> lookedAt = withoutOwnThings(Streams.ofAlarms(ONE));
    JsonNode board =
        Synth.json(
            ONE.properties("AWS::CloudWatch::Dashboard", "DashboardBody")
                .path("DashboardBody")
                .asText());
    Set<String> shown = Streams.ofGraphs(board);
    assertEquals(
        Set.of(
            "Ringfence/DrillCoverage Cell=ringfence",
            "Ringfence/DrillsFailed Cell=ringfence",
            "Ringfence/DrillsRun Cell=ringfence"),
        shown);
    lookedAt.addAll(shown);
    lookedAt.removeAll(told);
    assertEquals(Set.of(), lookedAt, "nobody tells these");
    assertTrue(
        told.stream().allMatch(stream -> stream.contains(" Cell=ringfence")), told.toString());
  }

  private static Set<String> told() throws IOException {
    FleetSpec fleet = FleetSpec.of(MACHINES, SEED).running(PRODUCT, "1.0.0");
    try (Lab lab = Lab.open(fleet, beat -> {})) {
      LabPolicies.register(lab.look(), policy());
      lab.plane().runDrillSchedule();
      lab.plane()
          .lambda()
          .invoke(DeployedPlane.EXPIRY_SWEEP, JsonNodeFactory.instance.objectNode());
      lab.clock().runUntil(lab.clock().instant().plus(DrillTimes.EVERY));
      return lab.plane().metricLines().stream()
          .map(Synth::json)
          .map(Streams::ofLine)
          .flatMap(Set::stream)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static RolloutPolicy policy() {
    RolloutPolicy policy = LabPolicies.of(PRODUCT);
    return new RolloutPolicy(
        policy.product(),
        policy.selector(),
        policy.signing(),
        Drills.in(Networks.sealedSubnet(Account.ZONES.getFirst()), Networks.SEALED_GROUP),
        policy.content(),
        policy.capability());
  }
}
