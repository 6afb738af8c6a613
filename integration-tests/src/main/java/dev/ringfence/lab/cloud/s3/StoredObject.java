package dev.ringfence.lab.cloud.s3;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One version of an object, which nothing changes any more.
 *
 * @param versionId as S3 tells it
 * @param etag in its quotes
 * @param contentType as it was put; S3's own default where nothing was said
 * @param metadata what was put as {@code x-amz-meta-…}
 * @param checksums by header name, as they were sent and found right
 */
public record StoredObject(
    String key,
    String versionId,
    SdkBytes content,
    String etag,
    Instant storedAt,
    String contentType,
    Map<String, String> metadata,
    Map<String, String> checksums) {}
