package dev.ringfence.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a machine is put together at this moment, as DescribeInstances shows it.
 *
 * @param state EC2's word: {@code pending}, {@code running}, {@code stopping}, {@code stopped},
 *     {@code shutting-down} or {@code terminated}
 * @param reason the code of the last change of state, such as {@code Client.InternalError}, which
 *     is all that EC2 says when a key's grant is missing; empty when there is none
 * @param rootDevice the one device name from which it boots, such as {@code /dev/xvda}
 * @param devices what is attached, by device name; a machine without a root has no entry for it
 * @param spot whether it is a Spot machine, which EC2 terminates when it starts without a root
 * @param make what it is made of, for the manifest of its restore points
 * @param group its place in an Auto Scaling group; null when it is in none
 */
public record Rig(
    String machine,
    String zone,
    String state,
    String reason,
    String rootDevice,
    Map<String, Attached> devices,
    boolean spot,
    Make make,
    @Nullable Membership group) {
  public Rig {
    devices = Map.copyOf(devices);
  }

  /** What is attached at the root device; null when the machine has no root. */
  public @Nullable Attached root() {
    return devices.get(rootDevice);
  }

  /**
   * One attachment as the machine shows it.
   *
   * @param state EC2's word: {@code attaching}, {@code attached} or {@code detaching}
   */
  public record Attached(String volume, String state, boolean deleteOnTermination) {}

  /**
   * @param platform EC2's {@code PlatformDetails}, such as {@code Windows} or {@code Linux/UNIX}:
   *     what it is billed and licensed as
   * @param architecture such as {@code x86_64} or {@code arm64}
   */
  public record Make(String image, String type, String platform, String architecture) {}

  /**
   * @param lifecycle Auto Scaling's word, such as {@code InService}, {@code EnteringStandby},
   *     {@code Standby} or {@code Terminating}
   */
  public record Membership(String group, String lifecycle) {}
}
