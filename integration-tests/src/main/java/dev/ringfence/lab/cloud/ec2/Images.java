package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.machine.Hardware;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account's machine images: one for each operating system and architecture. */
public final class Images {
  /** Windows on x86. */
  public static final String WINDOWS = "ami-0a1b2c3d4e5f60001";

  /** Linux on Arm. */
  public static final String LINUX_ARM = "ami-0a1b2c3d4e5f60002";

  /** Linux on x86. */
  public static final String LINUX = "ami-0a1b2c3d4e5f60003";

  /** GiB of a Windows root. */
  public static final int WINDOWS_ROOT_GIB = 50;

  /** GiB of a Linux root. */
  public static final int LINUX_ROOT_GIB = 16;

  /**
   * One image.
   *
   * @param content what a root made from it holds
   * @param snapshotId the snapshot behind it, which cannot be deleted while the image stands
   */
  public record Image(
      String id,
      Hardware.Os os,
      Hardware.Architecture architecture,
      String rootDevice,
      int rootGib,
      String snapshotId,
      DiskContent content) {}

  private final Map<String, Image> images = new LinkedHashMap<>();

  /** The three images, with the given products installed on all of them. */
  public Images(DiskContent installed) {
    add(WINDOWS, Hardware.Os.WINDOWS, Hardware.Architecture.X86_64, installed);
    add(LINUX_ARM, Hardware.Os.LINUX, Hardware.Architecture.ARM64, installed);
    add(LINUX, Hardware.Os.LINUX, Hardware.Architecture.X86_64, installed);
  }

  /** The image that a kind of machine starts from. */
  public static String of(Hardware.Os os, Hardware.Architecture architecture) {
    return switch (os) {
      case WINDOWS -> WINDOWS;
      case LINUX -> architecture == Hardware.Architecture.ARM64 ? LINUX_ARM : LINUX;
    };
  }

  /** The device that a system's image boots from. */
  public static String rootDevice(Hardware.Os os) {
    return os == Hardware.Os.WINDOWS ? "/dev/sda1" : "/dev/xvda";
  }

  private void add(
      String id, Hardware.Os os, Hardware.Architecture architecture, DiskContent installed) {
    images.put(
        id,
        new Image(
            id,
            os,
            architecture,
            rootDevice(os),
            os == Hardware.Os.WINDOWS ? WINDOWS_ROOT_GIB : LINUX_ROOT_GIB,
            "snap-" + id.substring("ami-".length()),
            installed));
  }

  /** An image by its id. */
  public Optional<Image> of(String id) {
    return Optional.ofNullable(images.get(id));
  }

  /** Whether an image stands on a snapshot. */
  public boolean standOn(String snapshotId) {
    return images.values().stream().anyMatch(image -> image.snapshotId().equals(snapshotId));
  }

  List<Image> all() {
    return List.copyOf(images.values());
  }
}
