package dev.ringfence.restore;

import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import dev.ringfence.swap.SwapOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a machine was put together of before anything was done to it, so that its root can be made
 * anew however the first attempt ends.
 */
public record Body(
    String zone,
    String rootDevice,
    String root,
    Disk disk,
    boolean deleteOnTermination,
    boolean spot,
    boolean running) {

  static Body of(Rig rig, Rig.Attached root, Volume volume) {
    return new Body(
        rig.zone(),
        rig.rootDevice(),
        root.volume(),
        volume.disk(),
        root.deleteOnTermination(),
        rig.spot(),
        rig.state().equals("running"));
  }

  /**
   * The same with its root as it was when the restore point was taken, since the live one may have
   * been replaced by one of another kind; with the live one where that is not on record.
   *
   * @param then null when it could not be read
   */
  Body asIn(@Nullable Blueprint then) {
    Blueprint.Piece recorded = recorded(then);
    return recorded == null
        ? this
        : new Body(
            zone, rootDevice, root, recorded.disk(), recorded.deleteOnTermination(), spot, running);
  }

  /** Where the new root's attributes come from, in words. */
  String source(String snapshot, @Nullable Blueprint then) {
    return recorded(then) != null
        ? "its new root is made as it was when " + snapshot + " was taken"
        : "its new root is made as its root is now, since "
            + snapshot
            + (then == null ? "'s manifest could not be read" : " bears no manifest of it");
  }

  private Blueprint.@Nullable Piece recorded(@Nullable Blueprint then) {
    return then == null || !then.rootDevice().equals(rootDevice) ? null : then.root();
  }

  /** The exchange of this machine's root for one made from a snapshot. */
  SwapOrder swap(
      String key,
      String machine,
      String snapshot,
      Map<String, String> newTags,
      Map<String, String> oldTags) {
    return new SwapOrder(
        key,
        machine,
        zone,
        rootDevice,
        root,
        snapshot,
        disk,
        deleteOnTermination,
        null,
        newTags,
        oldTags);
  }

  /** The exchange of a data volume, after which the machine stays as it is. */
  SwapOrder swap(
      String key,
      String machine,
      Agreement.DataVolume volume,
      Map<String, String> newTags,
      Map<String, String> oldTags) {
    return new SwapOrder(
        key,
        machine,
        zone,
        volume.device(),
        volume.volume(),
        volume.snapshot(),
        volume.disk(),
        volume.deleteOnTermination(),
        null,
        newTags,
        oldTags,
        "volume at " + volume.device(),
        false);
  }
}
