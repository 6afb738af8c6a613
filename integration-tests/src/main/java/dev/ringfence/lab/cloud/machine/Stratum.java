package dev.ringfence.lab.cloud.machine;

import org.jspecify.annotations.Nullable;

/** A part of the fleet as data; what is null does not matter. */
public record Stratum(
    Hardware.@Nullable Os os,
    @Nullable String family,
    Hardware.@Nullable Architecture architecture) {
  public static final Stratum EVERYWHERE = new Stratum(null, null, null);

  public static Stratum of(Hardware.Os os) {
    return new Stratum(os, null, null);
  }

  public static Stratum of(Hardware.Architecture architecture) {
    return new Stratum(null, null, architecture);
  }

  public static Stratum ofFamily(String family) {
    return new Stratum(null, family, null);
  }

  public boolean includes(Hardware hardware) {
    return (os == null || os == hardware.os())
        && (family == null || family.equals(hardware.family()))
        && (architecture == null || architecture == hardware.architecture());
  }
}
