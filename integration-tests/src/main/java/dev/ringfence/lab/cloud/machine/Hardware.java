package dev.ringfence.lab.cloud.machine;

import java.time.Instant;

/**
 * What a machine is and stays.
 *
 * @param id {@code i-…}, or {@code mi-…} for a hybrid node, which only Systems Manager knows
 * @param zone the availability zone; empty for a hybrid node
 * @param spot whether it is a one-time Spot instance
 * @param rootDevice the device name that its image boots from
 */
public record Hardware(
    String id,
    Os os,
    Architecture architecture,
    String instanceType,
    String zone,
    boolean spot,
    boolean hybrid,
    String rootDevice,
    String imageId,
    Instant launchedAt) {
  /** The instance type up to its size, such as {@code m7g}; {@code on-premises} has no size. */
  public String family() {
    int dot = instanceType.indexOf('.');
    return dot < 0 ? instanceType : instanceType.substring(0, dot);
  }

  /** The operating systems that differ to Ringfence. */
  public enum Os {
    WINDOWS,
    LINUX
  }

  /** The processor architectures that differ to Ringfence. */
  public enum Architecture {
    X86_64("x86_64"),
    ARM64("arm64");

    private final String wire;

    Architecture(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }
}
