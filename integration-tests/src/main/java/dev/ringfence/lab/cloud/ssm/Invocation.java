package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One command on one machine. */
final class Invocation {
  /** Where it stands, with the API's status and the documentation's words for the details. */
  enum Stage {
    WAITING("Pending", "Pending"),
    PENDING("Pending", "Pending"),
    RUNNING("InProgress", "In Progress"),
    SUCCESS("Success", "Success"),
    FAILED("Failed", "Failed"),
    CANCELLED("Cancelled", "Cancelled"),
    TERMINATED("Cancelled", "Terminated"),
    DELIVERY_TIMED_OUT("TimedOut", "Delivery Timed Out");

    private final String status;
    private final String details;

    Stage(String status, String details) {
      this.status = status;
      this.details = details;
    }

    String status() {
      return status;
    }

    String details() {
      return details;
    }

    boolean isFinal() {
      return switch (this) {
        case WAITING, PENDING, RUNNING -> false;
        case SUCCESS, FAILED, CANCELLED, TERMINATED, DELIVERY_TIMED_OUT -> true;
      };
    }
  }

  /** What a document's run came to on the machine, whether or not anybody hears of it. */
  record Outcome(int code, String output, boolean reboots) {}

  final Command command;
  final Machine machine;
  Stage stage = Stage.WAITING;
  boolean acknowledged;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable Outcome outcome;

  Invocation(Command command, Machine machine) {
    this.command = command;
    this.machine = machine;
  }

  /** The exit code that has been reported, or -1 as the API says while there is none. */
  int reportedCode() {
    return isReported() && outcome != null ? outcome.code() : -1;
  }

  String reportedOutput() {
    return isReported() && outcome != null ? outcome.output() : "";
  }

  private boolean isReported() {
    return stage == Stage.SUCCESS || stage == Stage.FAILED;
  }
}
