package dev.ringfence.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An EventBridge event that publishes a release.
 *
 * @param id EventBridge's id; a repeated delivery has the same
 * @param source who published it, as the sender named itself; only the signature proves anything
 * @param account the twelve digits of the sender's account, set by EventBridge
 * @param time when it was published
 * @param signature null when the manifest came unsigned
 */
public record ReleaseEvent(
    String id,
    String source,
    String account,
    String region,
    Instant time,
    Manifest manifest,
    @Nullable DetachedSignature signature) {}
