package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.wire.AwsFault;

/** Systems Manager's refusals; all are 400 in its JSON protocol. */
final class SsmFaults {
  private SsmFaults() {}

  static AwsFault of(String code, String message) {
    return new AwsFault(code, 400, message);
  }

  /** A request that breaks a constraint of the service model, as every SSM operation answers it. */
  static AwsFault validation(String member, String constraint) {
    return of(
        "ValidationException",
        "1 validation error detected: Value at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
