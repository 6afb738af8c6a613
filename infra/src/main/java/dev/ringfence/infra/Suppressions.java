package dev.ringfence.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.iam.CfnPolicy;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Which rules of cdk-nag do not hold for a resource, and why. They travel as metadata in the
 * template, in the form that cdk-nag reads, so that a team's own run of it knows the reasons.
 *
 * @see <a href="https://github.com/cdklabs/cdk-nag#suppressing-a-rule">Suppressing a rule</a>
 */
final class Suppressions {
  private static final String METADATA = "cdk_nag";
  private static final String RULES = "rules_to_suppress";

  private Suppressions() {}

  /** Suppresses one rule on the one resource that a construct makes. */
  static void on(Construct construct, String rule, String reason) {
    add(
        (CfnResource)
            Objects.requireNonNull(
                construct.getNode().getDefaultChild(), "a resource's construct has it as child"),
        rule,
        reason);
  }

  /** Suppresses one rule on every policy of the roles below a construct. */
  static void onPolicies(IConstruct construct, String rule, String reason) {
    for (IConstruct each : construct.getNode().findAll()) {
      if (each instanceof CfnPolicy policy) {
        add(policy, rule, reason);
      }
    }
  }

  private static void add(CfnResource resource, String rule, String reason) {
    List<Object> rules = new ArrayList<>();
    if (resource.getMetadata(METADATA) instanceof Map<?, ?> metadata
        && metadata.get(RULES) instanceof List<?> earlier) {
      rules.addAll(earlier);
    }
    rules.add(Map.of("id", rule, "reason", reason));
    resource.addMetadata(METADATA, Map.of(RULES, rules));
  }
}
