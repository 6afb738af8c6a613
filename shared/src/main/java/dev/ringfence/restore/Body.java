package dev.ringfence.restore;

import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import dev.ringfence.swap.SwapOrder;
import java.util.Map;

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
}
