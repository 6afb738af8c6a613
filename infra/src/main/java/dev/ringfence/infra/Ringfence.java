package dev.ringfence.infra;

import dev.ringfence.policy.RolloutPolicy;
import java.util.List;
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
            policies.stream().map(RolloutPolicy::selector).toList(),
            props.volumeKeys());
    Functions functions = new Functions(this, "Functions", props, grants, table, evidence);
    new Policies(this, "Policies", names, table.table(), props);
    Clock clock = new Clock(this, "Clock", names, props.tracing());
    Bus bus = new Bus(this, "Events", names, props.publishers(), functions.roleArns());
    Notifications notifications =
        new Notifications(this, "Notifications", names, bus.bus(), props.notified());
    new News(this, "News", functions, table.table());
    new Health(this, "Health", names, functions, clock, notifications);
    new Intakes(this, "Intakes", names, functions, bus.bus(), props.publishers());
  }
}
