package dev.ringfence.lab.cloud.disk;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on a disk, as far as the lab cares: the installed version of each product, and whether a
 * system could boot from it. A value, so a snapshot keeps the content of its instant by keeping a
 * reference.
 *
 * @param boots false for a disk whose boot loader is torn
 */
public record DiskContent(SortedMap<String, String> versions, boolean boots) {
  public static final DiskContent EMPTY = new DiskContent(new TreeMap<>(), true);

  public DiskContent {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  public static DiskContent of(Map<String, String> versions) {
    return new DiskContent(new TreeMap<>(versions), true);
  }

  public @Nullable String version(String product) {
    return versions.get(product);
  }

  public DiskContent with(String product, String version) {
    SortedMap<String, String> next = new TreeMap<>(versions);
    next.put(product, version);
    return new DiskContent(next, boots);
  }

  public DiskContent without(String product) {
    SortedMap<String, String> next = new TreeMap<>(versions);
    next.remove(product);
    return new DiskContent(next, boots);
  }

  /** The same disk, from which nothing boots. */
  public DiskContent torn() {
    return new DiskContent(versions, false);
  }
}
