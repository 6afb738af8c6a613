package dev.ringfence.lab.cloud.autoscaling;

import java.util.LinkedHashMap;
import java.util.Map;

/** One group: how many it wants, and whom it has. */
final class ScalingGroup {
  /** The lifecycle of a member, as far as the lab goes through it. */
  enum Lifecycle {
    PENDING("Pending"),
    IN_SERVICE("InService"),
    ENTERING_STANDBY("EnteringStandby"),
    STANDBY("Standby"),
    TERMINATING("Terminating");

    private final String wire;

    Lifecycle(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  final String name;
  final Map<String, Lifecycle> members = new LinkedHashMap<>();
  int least;
  int most;
  int desired;

  ScalingGroup(String name) {
    this.name = name;
  }

  /** Members that count towards what is desired: those in standby do not. */
  long counted() {
    return members.values().stream()
        .filter(state -> state == Lifecycle.PENDING || state == Lifecycle.IN_SERVICE)
        .count();
  }
}
