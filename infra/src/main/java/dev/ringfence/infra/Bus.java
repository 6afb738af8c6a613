package dev.ringfence.infra;

import dev.ringfence.contract.ReleaseEvents;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.events.CfnEventBusPolicy;
import software.amazon.awscdk.services.events.EventBus;
import software.constructs.Construct;

/**
 * The cell's own bus. Named publishers may put releases on it; everybody else is denied, also in
 * this account, where an identity's own policy would otherwise be enough. Principals are compared
 * by condition, so that a publisher's role may be made after the bus.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html">
 *     Permissions for event buses</a>
 */
final class Bus extends Construct {
  private final EventBus bus;

  /**
   * Makes the bus.
   *
   * @param publishers who may publish releases
   * @param voices ARNs of the cell's own roles, which tell there how rollouts ended
   */
  Bus(Construct scope, String id, Names names, List<String> publishers, List<String> voices) {
    super(scope, id);
    this.bus =
        EventBus.Builder.create(this, "Bus")
            .eventBusName(names.of("bus"))
            .description("Releases come in here, and how they fared goes out")
            .build();
    policy(
        "publishers-may",
        "Allow",
        Map.of(
            "ArnLike", Map.of("aws:PrincipalArn", publishers),
            "StringEquals", Map.of("events:detail-type", ReleaseEvents.PUBLISHED)));
    List<String> known = Stream.concat(publishers.stream(), voices.stream()).toList();
    policy("others-may-not", "Deny", Map.of("ArnNotLike", Map.of("aws:PrincipalArn", known)));
  }

  EventBus bus() {
    return bus;
  }

  private void policy(String statement, String effect, Map<String, Object> condition) {
    CfnEventBusPolicy.Builder.create(this, statement)
        .eventBusName(bus.getEventBusName())
        .statementId(statement)
        .statement(
            Map.of(
                "Sid",
                statement,
                "Effect",
                effect,
                "Principal",
                "*",
                "Action",
                "events:PutEvents",
                "Resource",
                bus.getEventBusArn(),
                "Condition",
                condition))
        .build();
  }
}
