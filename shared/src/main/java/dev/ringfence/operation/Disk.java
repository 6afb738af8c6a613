package dev.ringfence.operation;

import org.jspecify.annotations.Nullable;

/**
 * What a volume is, so that another one can be made like it.
 *
 * @param type EBS's word, such as {@code gp3}
 * @param gibibytes its size
 * @param iops null where the type has none to choose
 * @param throughput in MiB/s; null where the type has none to choose
 * @param key the KMS key's ARN; null when it is not encrypted
 */
public record Disk(
    String type,
    int gibibytes,
    @Nullable Integer iops,
    @Nullable Integer throughput,
    @Nullable String key) {}
