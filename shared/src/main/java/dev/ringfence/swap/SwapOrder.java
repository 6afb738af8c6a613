package dev.ringfence.swap;

import dev.ringfence.operation.Disk;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall be exchanged, fixed when the swap begins.
 *
 * @param key what begins the keys of its effects, at most {@value #KEY_CHARS_MAX} characters
 * @param zone where the machine is, and where a volume has to be to be attached to it
 * @param rootDevice the device from which it boots
 * @param oldRoot the volume that shall go, and comes back when the swap fails; null when the
 *     machine never had one that is known, and then there is nothing to come back to
 * @param snapshot what the new root is made from
 * @param disk what the new root shall be
 * @param deleteOnTermination whether the new root goes when the machine is terminated
 * @param evidence the folder for what the machine shows before it is touched; null when that was
 *     kept already or is not wanted
 * @param newTags tags of the new root
 * @param oldTags tags of the old root once it is out: until when it is kept, and why
 */
public record SwapOrder(
    String key,
    String machine,
    String zone,
    String rootDevice,
    @Nullable String oldRoot,
    String snapshot,
    Disk disk,
    boolean deleteOnTermination,
    @Nullable String evidence,
    Map<String, String> newTags,
    Map<String, String> oldTags) {
  /** A client token has 64 characters, and the longest step with its count takes 19 of them. */
  public static final int KEY_CHARS_MAX = 44;

  public SwapOrder {
    newTags = Map.copyOf(newTags);
    oldTags = Map.copyOf(oldTags);
    if (key.length() > KEY_CHARS_MAX) {
      throw new IllegalArgumentException("too long for the beginning of a key: " + key);
    }
  }
}
