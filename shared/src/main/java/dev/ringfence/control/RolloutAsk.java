package dev.ringfence.control;

import dev.ringfence.operation.Consent;
import dev.ringfence.release.Channel;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the function {@code rollout}.
 *
 * @param channel null for either
 * @param confirm the hash of the plan that was shown; null before one was
 * @param consent how far an approved restore may go
 * @param zone in which times are told
 */
record RolloutAsk(
    Action action,
    @Nullable String id,
    @Nullable String product,
    @Nullable String version,
    @Nullable Channel channel,
    @Nullable String reason,
    Consent consent,
    @Nullable String confirm,
    String by,
    ZoneId zone) {

  /** The same of one rollout. */
  RolloutAsk naming(String one) {
    return new RolloutAsk(action, one, null, null, null, reason, consent, confirm, by, zone);
  }

  /** What can be asked, under the name that an operator writes. */
  enum Action {
    STATUS("status"),
    PLAN("plan"),
    HALT("halt"),
    RESUME("resume"),
    APPROVE("approve"),
    SKIP_RING("skip-ring"),
    ABORT("abort"),
    LIFT_QUARANTINE("lift-quarantine");

    private final String title;

    Action(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    /** Whether it changes something that a person should have read about and confirmed. */
    boolean isConfirmed() {
      return switch (this) {
        case STATUS, PLAN, HALT -> false;
        case RESUME, APPROVE, SKIP_RING, ABORT, LIFT_QUARANTINE -> true;
      };
    }
  }
}
