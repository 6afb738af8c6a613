package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.s3.Buckets;
import dev.ringfence.lab.cloud.s3.ObjectListing;
import dev.ringfence.lab.cloud.s3.ObjectOperations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 client and the wire understand each other, in all the ways in which it may speak. */
class RestXmlTest {
  private static final String BUCKET = "evidence";
  private static final String KEY = "op-1/i-0a/console output+1 \u00e4.txt";
  private static final Instant NOW = Instant.parse("2026-11-03T08:00:00Z");

  private final Services services = new Services();
  private final Wire wire = new Wire(services);
  private final Buckets buckets = new Buckets();

  RestXmlTest() {
    buckets.create(BUCKET);
    new ObjectOperations(buckets, InstantSource.fixed(NOW)).open(services);
    new ObjectListing(buckets).open(services);
  }

  private S3Client s3() {
    return SdkOnLab.client(S3Client.builder(), wire, 1);
  }

  private static void putAndGet(S3Client s3, RequestBody body, String text) {
    PutObjectResponse put =
        s3.putObject(
            r -> r.bucket(BUCKET).key(KEY).contentType("text/plain").metadata(Map.of("of", "i-0a")),
            body);
    ResponseBytes<GetObjectResponse> got = s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
    assertEquals(text, got.asUtf8String());
    assertEquals("text/plain", got.response().contentType());
    assertEquals(Map.of("of", "i-0a"), got.response().metadata());
    assertEquals(put.versionId(), got.response().versionId());
    HeadObjectResponse head = s3.headObject(r -> r.bucket(BUCKET).key(KEY));
    assertEquals(text.length(), head.contentLength());
    assertEquals(NOW, head.lastModified());
    assertEquals(put.eTag(), head.eTag());
  }

  @Test
  void object_isPutReadAndLookedAtByVirtualHost() {
    putAndGet(s3(), RequestBody.fromString("no bootable device"), "no bootable device");
  }

  @Test
  void object_isPutReadAndLookedAtByPath() {
    S3Client s3 = SdkOnLab.client(S3Client.builder().forcePathStyle(true), wire, 1);
    putAndGet(s3, RequestBody.fromString("no bootable device"), "no bootable device");
  }

  @Test
  void stream_whoseChecksumComesBehindIt_isUnframed() {
    String text = "x".repeat(200_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(bytes), bytes.length, "text/plain");
    putAndGet(s3(), body, text);
    s3().putObject(
            r -> r.bucket(BUCKET).key("sha").checksumAlgorithm(ChecksumAlgorithm.SHA256), body);
    assertEquals(text, buckets.versions(BUCKET, "sha").getFirst().content().asUtf8String());
    assertEquals(
        List.of("sha256"),
        List.copyOf(buckets.versions(BUCKET, "sha").getFirst().checksums().keySet()));
  }

  @Test
  void object_isPutAndReadOverTheLoopbackPort() throws Exception {
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, new ReentrantLock());
        S3Client s3 =
            S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(port.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
                .build()) {
      putAndGet(s3, RequestBody.fromString("panic"), "panic");
    }
  }

  @Test
  void secondPut_keepsTheFirstVersion() {
    S3Client s3 = s3();
    String first =
        s3.putObject(r -> r.bucket(BUCKET).key("k"), RequestBody.fromString("one")).versionId();
    s3.putObject(r -> r.bucket(BUCKET).key("k"), RequestBody.fromString("two"));
    assertEquals("two", s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("k")).asUtf8String());
    assertEquals(
        "one", s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("k").versionId(first)).asUtf8String());
    S3Exception refused =
        assertThrows(
            S3Exception.class,
            () ->
                s3.putObject(
                    r -> r.bucket(BUCKET).key("k").ifNoneMatch("*"),
                    RequestBody.fromString("three")));
    assertEquals("PreconditionFailed", refused.awsErrorDetails().errorCode());
  }

  @Test
  void whatIsNotThere_isTheSdksOwnException() {
    S3Client s3 = s3();
    assertThrows(NoSuchKeyException.class, () -> s3.getObject(r -> r.bucket(BUCKET).key("none")));
    assertThrows(NoSuchKeyException.class, () -> s3.headObject(r -> r.bucket(BUCKET).key("none")));
    assertThrows(
        NoSuchBucketException.class,
        () -> s3.putObject(r -> r.bucket("nobodys").key("k"), RequestBody.fromString("x")));
  }

  @Test
  void contentThatIsNotWhatItsChecksumSays_isNotStored() {
    S3Exception refused =
        assertThrows(
            S3Exception.class,
            () ->
                s3().putObject(
                        r -> r.bucket(BUCKET).key("k").checksumCRC32("AAAAAA=="),
                        RequestBody.fromString("x")));
    assertEquals("BadDigest", refused.awsErrorDetails().errorCode());
    assertEquals(List.of(), buckets.keys(BUCKET));
  }

  @Test
  void listing_goesInPagesThroughPrefixesAndFolders() {
    S3Client s3 = s3();
    List<String> keys =
        IntStream.range(0, 7).mapToObj(i -> "op 1/i-" + i + "/screen+" + i + ".jpg").toList();
    keys.forEach(key -> s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.empty()));
    s3.putObject(r -> r.bucket(BUCKET).key("op 2/x"), RequestBody.fromString("x"));
    List<String> listed = new ArrayList<>();
    s3.listObjectsV2Paginator(r -> r.bucket(BUCKET).prefix("op 1/").maxKeys(3))
        .contents()
        .forEach(object -> listed.add(object.key()));
    assertEquals(keys, listed);
    List<String> folders = new ArrayList<>();
    s3.listObjectsV2Paginator(r -> r.bucket(BUCKET).delimiter("/").maxKeys(1))
        .commonPrefixes()
        .forEach(folder -> folders.add(folder.prefix()));
    assertEquals(List.of("op 1/", "op 2/"), folders);
    S3Object last = s3.listObjectsV2(r -> r.bucket(BUCKET).prefix("op 2/")).contents().getFirst();
    assertEquals(1, last.size());
    assertEquals(NOW, last.lastModified());
  }

  @Test
  void truncatedFrame_isRefused() throws Exception {
    WireResponse answer =
        wire.answer(
            new WireRequest(
                "PUT",
                "/evidence/k",
                "",
                Map.of(
                    "authorization", "Credential=lab/20261103/eu-central-1/s3/aws4_request",
                    "x-amz-decoded-content-length", "5"),
                SdkBytes.fromUtf8String("5\r\nabc\r\n0\r\n\r\n")));
    assertEquals(400, answer.status());
    assertTrue(answer.body().asUtf8String().contains("IncompleteBody"));
    assertEquals(List.of(), buckets.keys(BUCKET));
  }
}
