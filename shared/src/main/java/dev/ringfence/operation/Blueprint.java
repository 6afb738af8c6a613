package dev.ringfence.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a machine was put together when its restore point was taken, as the set's tags tell it.
 *
 * @param rootDevice the device from which it booted; empty when the set bears no manifest
 * @param pieces its disks, by device; only those that the manifest had room for
 */
public record Blueprint(String rootDevice, Map<String, Piece> pieces) {
  /** A restore point that was made before manifests were, or by somebody else. */
  public static final Blueprint NONE = new Blueprint("", Map.of());

  public Blueprint {
    pieces = Map.copyOf(pieces);
  }

  /** The root as it was; null when that is not on record. */
  public @Nullable Piece root() {
    return pieces.get(rootDevice);
  }

  /**
   * One disk.
   *
   * @param volume the volume that it was
   * @param deleteOnTermination whether it went when the machine was terminated
   * @param snapshot its snapshot in the set; null when there is none that is completed and at hand
   */
  public record Piece(
      String volume, Disk disk, boolean deleteOnTermination, @Nullable String snapshot) {}
}
