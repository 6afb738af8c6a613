package dev.ringfence.operation;

import dev.ringfence.release.Channel;

/** What a restore point's tag says that it holds. */
public final class Holding {
  private Holding() {}

  /** Products, channels and versions have no spaces in them. */
  public static String of(String product, Channel channel, String version) {
    return product + " " + channel + " " + version;
  }
}
