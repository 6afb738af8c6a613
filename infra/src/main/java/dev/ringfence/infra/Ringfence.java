package dev.ringfence.infra;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.policy.RolloutPolicy;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * A whole cell: ships updates over the fleets of one account in one Region. {@code new
 * Ringfence(scope, "Ringfence", props)} puts it into an app.
 */
public final class Ringfence extends Construct {
  /** Makes the cell; its props were checked when they were built. */
  public Ringfence(Construct scope, String id, RingfenceProps props) {
    super(scope, id);
    Names names = new Names(props.name(), Stack.of(this));
    OperationsTable table = new OperationsTable(this, "Operations");
    EvidenceBucket evidence = new EvidenceBucket(this, "Evidence", props.evidenceDays());
    List<RolloutPolicy> policies = props.policies().stream().map(ProductPolicy::policy).toList();
    Grants grants =
        new Grants(
            names,
            table.table().getTableArn(),
            policies.stream().map(RolloutPolicy::product).toList(),
            policies.stream().map(RolloutPolicy::selector).toList(),
            policies.stream().map(RolloutPolicy::drills).filter(Objects::nonNull).toList(),
            props.volumeKeys(),
            evidence.bucket().getBucketArn(),
            policies.stream().anyMatch(Ringfence::wantsRest));
    Functions functions = new Functions(this, "Functions", props, grants, table, evidence);
    new Policies(this, "Policies", names, table.table(), props);
    Clock clock = new Clock(this, "Clock", names, props.tracing());
    Bus bus = new Bus(this, "Events", names, props.publishers(), functions.roleArns());
    Notifications notifications =
        new Notifications(this, "Notifications", names, bus.bus(), props.notified());
    new News(this, "News", functions, table.table());
    Health health =
        new Health(this, "Health", names, functions, clock, notifications, drilled(policies));
    new Intakes(this, "Intakes", names, functions, bus.bus(), props.publishers());
    new Console(this, "Console", names, props.testEvents());
    new Operators(this, "Operators", names);
    new Board(this, "Board", names, functions, health);
  }

  private static boolean wantsRest(RolloutPolicy policy) {
    return policy.content().consistency() != Consistency.CRASH
        || policy.capability().consistency() != Consistency.CRASH;
  }

  private static List<String> drilled(List<RolloutPolicy> policies) {
    return policies.stream()
        .filter(policy -> policy.drills() != null)
        .map(RolloutPolicy::product)
        .toList();
  }
}
