package dev.ringfence.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume as DescribeVolumes shows it.
 *
 * @param state EC2's word: {@code creating}, {@code available}, {@code in-use}, {@code deleting},
 *     {@code deleted} or {@code error}, where the last is also what a key that may not be used
 *     comes to
 * @param disk what it is
 * @param snapshot what it was made from; null when from none
 */
public record Volume(
    String id,
    String zone,
    String state,
    Disk disk,
    @Nullable String snapshot,
    List<Attachment> attachments,
    Map<String, String> tags) {
  public Volume {
    attachments = List.copyOf(attachments);
    tags = Map.copyOf(tags);
  }

  /**
   * @param state EC2's word: {@code attaching}, {@code attached}, {@code detaching} or {@code busy}
   */
  public record Attachment(String machine, String device, String state) {}
}
