package dev.ringfence.lab.cloud.s3;

import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Streamed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * PutObject, GetObject and HeadObject. They are not throttled: S3 takes thousands of requests a
 * second under each prefix, more than a function can make.
 */
public final class ObjectOperations {
  private static final String SERVICE = "s3";

  /** S3 encrypts with its own keys when nobody says otherwise. */
  private static final String ENCRYPTION = "AES256";

  private final Buckets buckets;
  private final InstantSource clock;
  private long made;

  public ObjectOperations(Buckets buckets, InstantSource clock) {
    this.buckets = buckets;
    this.clock = clock;
  }

  public void open(Services services) {
    services.on(SERVICE, "PutObject", PutObjectRequest::builder, this::putObject);
    services.on(SERVICE, "GetObject", GetObjectRequest::builder, this::getObject);
    services.on(SERVICE, "HeadObject", HeadObjectRequest::builder, this::headObject);
  }

  private Streamed putObject(Streamed call) {
    PutObjectRequest request = call.as(PutObjectRequest.class);
    List<StoredObject> before = buckets.contents(request.bucket()).get(request.key());
    if ("*".equals(request.ifNoneMatch()) && before != null) {
      throw new AwsFault(
          "PreconditionFailed", 412, "At least one of the pre-conditions did not hold");
    }
    byte[] content = call.content().asByteArrayUnsafe();
    StoredObject object =
        new StoredObject(
            request.key(),
            "lab.%08d".formatted(made++),
            call.content(),
            Checksums.etag(content),
            clock.instant(),
            Objects.requireNonNullElse(request.contentType(), "binary/octet-stream"),
            new TreeMap<>(request.metadata()),
            Checksums.checked(request, content));
    buckets.put(request.bucket(), object);
    return Streamed.of(
        PutObjectResponse.builder()
            .eTag(object.etag())
            .versionId(object.versionId())
            .checksumCRC32(object.checksums().get("crc32"))
            .serverSideEncryption(
                Objects.requireNonNullElse(request.serverSideEncryptionAsString(), ENCRYPTION))
            .ssekmsKeyId(request.ssekmsKeyId())
            .build());
  }

  private Streamed getObject(Streamed call) {
    GetObjectRequest request = call.as(GetObjectRequest.class);
    StoredObject object = find(request.bucket(), request.key(), request.versionId());
    boolean checks = "ENABLED".equals(request.checksumModeAsString());
    return new Streamed(
        GetObjectResponse.builder()
            .eTag(object.etag())
            .versionId(object.versionId())
            .lastModified(object.storedAt())
            .contentLength(length(object.content()))
            .contentType(object.contentType())
            .metadata(object.metadata())
            .serverSideEncryption(ENCRYPTION)
            .checksumCRC32(checks ? object.checksums().get("crc32") : null)
            .build(),
        object.content());
  }

  private Streamed headObject(Streamed call) {
    HeadObjectRequest request = call.as(HeadObjectRequest.class);
    StoredObject object = find(request.bucket(), request.key(), request.versionId());
    return Streamed.of(
        HeadObjectResponse.builder()
            .eTag(object.etag())
            .versionId(object.versionId())
            .lastModified(object.storedAt())
            .contentLength(length(object.content()))
            .contentType(object.contentType())
            .metadata(object.metadata())
            .serverSideEncryption(ENCRYPTION)
            .build());
  }

  private static long length(SdkBytes content) {
    return content.asByteArrayUnsafe().length;
  }

  private StoredObject find(String bucket, String key, @Nullable String versionId) {
    Map<String, List<StoredObject>> contents = buckets.contents(bucket);
    List<StoredObject> versions = contents.get(key);
    if (versions == null) {
      throw new AwsFault("NoSuchKey", 404, "The specified key does not exist.");
    }
    if (versionId == null) {
      return versions.getLast();
    }
    return versions.stream()
        .filter(version -> version.versionId().equals(versionId))
        .findFirst()
        .orElseThrow(
            () -> new AwsFault("NoSuchVersion", 404, "The specified version does not exist."));
  }
}
