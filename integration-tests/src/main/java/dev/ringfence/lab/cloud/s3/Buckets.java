package dev.ringfence.lab.cloud.s3;

import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All buckets of the account: versioned, so that what was put stays readable for ever. */
public final class Buckets {
  private final Map<String, TreeMap<String, List<StoredObject>>> buckets = new TreeMap<>();
  private @Nullable AwsFault refusal;

  /** Makes an empty bucket; one that exists stays as it is. */
  public void create(String name) {
    buckets.computeIfAbsent(name, unseen -> new TreeMap<>());
  }

  /** From now on every call is refused so; null ends it. */
  public void refuse(@Nullable AwsFault fault) {
    refusal = fault;
  }

  /** The keys of a bucket in S3's order, each with its versions, oldest first. */
  Map<String, List<StoredObject>> contents(String bucket) {
    if (refusal != null) {
      throw refusal;
    }
    Map<String, List<StoredObject>> contents = buckets.get(bucket);
    if (contents == null) {
      throw new AwsFault("NoSuchBucket", 404, "The specified bucket does not exist");
    }
    return contents;
  }

  void put(String bucket, StoredObject object) {
    contents(bucket).computeIfAbsent(object.key(), unseen -> new ArrayList<>(1)).add(object);
  }

  /** Every version ever put under a key, oldest first; for tests. */
  public List<StoredObject> versions(String bucket, String key) {
    return Collections.unmodifiableList(
        buckets.getOrDefault(bucket, new TreeMap<>()).getOrDefault(key, List.of()));
  }

  /** All keys of a bucket in S3's order; for tests. */
  public List<String> keys(String bucket) {
    return List.copyOf(buckets.getOrDefault(bucket, new TreeMap<>()).keySet());
  }
}
