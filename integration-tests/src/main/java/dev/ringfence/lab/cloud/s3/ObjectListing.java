package dev.ringfence.lab.cloud.s3;

import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Streamed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** ListObjectsV2: the newest version of every key under a prefix, in the order of the keys. */
public final class ObjectListing {
  /** S3's largest page. */
  private static final int PAGE_MOST = 1000;

  private final Buckets buckets;

  public ObjectListing(Buckets buckets) {
    this.buckets = buckets;
  }

  public void open(Services services) {
    services.on("s3", "ListObjectsV2", ListObjectsV2Request::builder, this::listObjects);
  }

  private ListObjectsV2Response listObjects(Streamed call) {
    ListObjectsV2Request request = call.as(ListObjectsV2Request.class);
    int most = Math.min(PAGE_MOST, Objects.requireNonNullElse(request.maxKeys(), PAGE_MOST));
    if (most < 1) {
      throw new AwsFault("InvalidArgument", 400, "The lab lists at least one key");
    }
    List<S3Object> page = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    String listed = null;
    String next = null;
    for (Map.Entry<String, List<StoredObject>> entry :
        buckets.contents(request.bucket()).entrySet()) {
      String key = entry.getKey();
      String folder = folder(request, key);
      if (!isWanted(request, key) || (folder != null && folders.contains(folder))) {
        continue;
      }
      if (page.size() + folders.size() == most) {
        next = listed;
        break;
      }
      listed = folder == null ? key : folder;
      if (folder == null) {
        page.add(view(request, entry.getValue().getLast()));
      } else {
        folders.add(folder);
      }
    }
    return answer(request, most, page, folders, next);
  }

  private static boolean isWanted(ListObjectsV2Request request, String key) {
    String after =
        request.continuationToken() == null ? request.startAfter() : request.continuationToken();
    boolean inPrefix = request.prefix() == null || key.startsWith(request.prefix());
    boolean seen =
        after != null
            && (key.compareTo(after) <= 0
                || (request.delimiter() != null
                    && after.endsWith(request.delimiter())
                    && key.startsWith(after)));
    return inPrefix && !seen;
  }

  private static @Nullable String folder(ListObjectsV2Request request, String key) {
    String delimiter = request.delimiter();
    if (delimiter == null) {
      return null;
    }
    int from = request.prefix() == null ? 0 : request.prefix().length();
    int at = from > key.length() ? -1 : key.indexOf(delimiter, from);
    return at < 0 ? null : key.substring(0, at + delimiter.length());
  }

  private static ListObjectsV2Response answer(
      ListObjectsV2Request request,
      int most,
      List<S3Object> page,
      SortedSet<String> folders,
      @Nullable String next) {
    return ListObjectsV2Response.builder()
        .name(request.bucket())
        .prefix(encoded(request, request.prefix()))
        .delimiter(encoded(request, request.delimiter()))
        .encodingType(request.encodingTypeAsString())
        .maxKeys(most)
        .keyCount(page.size() + folders.size())
        .contents(page)
        .commonPrefixes(
            folders.stream()
                .map(folder -> CommonPrefix.builder().prefix(encoded(request, folder)).build())
                .toList())
        .isTruncated(next != null)
        .nextContinuationToken(next)
        .build();
  }

  private static S3Object view(ListObjectsV2Request request, StoredObject object) {
    return S3Object.builder()
        .key(encoded(request, object.key()))
        .eTag(object.etag())
        .lastModified(object.storedAt())
        .size((long) object.content().asByteArrayUnsafe().length)
        .storageClass("STANDARD")
        .build();
  }

  /** Keys may hold what XML cannot, so the SDK asks for them percent-encoded. */
  private static @Nullable String encoded(ListObjectsV2Request request, @Nullable String text) {
    return text == null || !"url".equals(request.encodingTypeAsString())
        ? text
        : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
  }
}
