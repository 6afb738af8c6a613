package dev.ringfence.lab.clock;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * An execution as its owner sees it.
 *
 * @param output JSON text, of one that succeeded
 * @param error the error's name, of one that failed, timed out or was stopped
 * @param events how many history events it has
 */
public record Execution(
    String arn,
    String name,
    String machineArn,
    String input,
    ExecutionStatus status,
    Instant startedAt,
    Optional<Instant> stoppedAt,
    Optional<String> output,
    Optional<String> error,
    Optional<String> cause,
    int events) {}
