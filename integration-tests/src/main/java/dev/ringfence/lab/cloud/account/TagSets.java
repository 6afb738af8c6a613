package dev.ringfence.lab.cloud.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags as ordered values: a change makes a new map, so many things may share one. */
public final class TagSets {
  /** What keys begin with that only AWS writes. */
  public static final String RESERVED = "aws:";

  private TagSets() {}

  public static Map<String, String> with(Map<String, String> tags, Map<String, String> more) {
    Map<String, String> result = new TreeMap<>(tags);
    result.putAll(more);
    return Collections.unmodifiableMap(result);
  }

  /**
   * Without those that a DeleteTags request names: by key and value, or by key alone whatever the
   * value; a request that names none means all but AWS's own (API reference of DeleteTags).
   */
  public static Map<String, String> without(Map<String, String> tags, List<Tag> less) {
    Map<String, String> result = new TreeMap<>(tags);
    if (less.isEmpty()) {
      result.keySet().removeIf(key -> !key.startsWith(RESERVED));
    }
    for (Tag tag : less) {
      if (tag.value() == null || tag.value().equals(result.get(tag.key()))) {
        result.remove(tag.key());
      }
    }
    return Collections.unmodifiableMap(result);
  }

  public static Map<String, String> of(List<Tag> tags) {
    Map<String, String> result = new TreeMap<>();
    for (Tag tag : tags) {
      result.put(tag.key(), tag.value() == null ? "" : tag.value());
    }
    return Collections.unmodifiableMap(result);
  }

  /** What a request's tag specifications say about one type of resource. */
  public static Map<String, String> of(List<TagSpecification> specifications, String resourceType) {
    Map<String, String> result = new TreeMap<>();
    for (TagSpecification specification : specifications) {
      if (resourceType.equals(specification.resourceTypeAsString())) {
        result.putAll(of(specification.tags()));
      }
    }
    return Collections.unmodifiableMap(result);
  }

  public static List<Tag> tags(Map<String, String> tags) {
    List<Tag> result = new ArrayList<>(tags.size());
    tags.forEach((key, value) -> result.add(Tag.builder().key(key).value(value).build()));
    return result;
  }
}
