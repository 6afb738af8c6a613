package dev.ringfence.swap;

import dev.ringfence.operation.Disk;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall be exchanged, fixed when the swap begins.
 *
 * <p>It is the root unless {@code what} says otherwise.
 *
 * @param key what begins the keys of its effects, at most {@value #KEY_CHARS_MAX} characters
 * @param zone where the machine is, and where a volume has to be to be attached to it
 * @param device where both are attached
 * @param oldVolume the volume that shall go, and comes back when the swap fails; null when the
 *     machine never had one that is known, and then there is nothing to come back to
 * @param snapshot what the new volume is made from
 * @param disk what the new volume shall be
 * @param deleteOnTermination whether the new volume goes when the machine is terminated
 * @param evidence the folder for what the machine shows before it is touched; null when that was
 *     kept already or is not wanted
 * @param newTags tags of the new volume
 * @param oldTags tags of the old volume once it is out: until when it is kept, and why
 * @param what what it is to the machine, as an operator reads it: {@link #ROOT}, or which volume
 * @param starts whether the machine is started when it is done; else the next exchange follows
 */
public record SwapOrder(
    String key,
    String machine,
    String zone,
    String device,
    @Nullable String oldVolume,
    String snapshot,
    Disk disk,
    boolean deleteOnTermination,
    @Nullable String evidence,
    Map<String, String> newTags,
    Map<String, String> oldTags,
    String what,
    boolean starts) {
  /** What a root is to its machine. */
  public static final String ROOT = "root";

  /** A client token has 64 characters, and the longest step with its count takes 19 of them. */
  public static final int KEY_CHARS_MAX = 44;

  /** The exchange of a root, after which the machine is started. */
  public SwapOrder(
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
    this(
        key,
        machine,
        zone,
        rootDevice,
        oldRoot,
        snapshot,
        disk,
        deleteOnTermination,
        evidence,
        newTags,
        oldTags,
        ROOT,
        true);
  }

  public SwapOrder {
    newTags = Map.copyOf(newTags);
    oldTags = Map.copyOf(oldTags);
    if (key.length() > KEY_CHARS_MAX) {
      throw new IllegalArgumentException("too long for the beginning of a key: " + key);
    }
  }
}
