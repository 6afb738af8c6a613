package dev.ringfence.lab.cloud.disk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the blocks of a volume take to come from its snapshot.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html">Initialize
 *     Amazon EBS volumes</a>
 */
public final class Warming {
  /**
   * AWS promises no rate for blocks that come when they are first touched. What a booting system
   * needs is there after some minutes; the rest does not matter to the lab.
   */
  private static final Duration WITHOUT_RATE = Duration.ofMinutes(10);

  private static final int MIB_PER_GIB = 1024;

  private Warming() {}

  /**
   * From creation until the last block that matters.
   *
   * @param rate MiB/s that were paid for, or null
   */
  public static Duration takes(Volume.Facts facts, @Nullable Integer rate) {
    return rate == null
        ? WITHOUT_RATE
        : Duration.ofSeconds((long) facts.sizeGib() * MIB_PER_GIB / rate);
  }
}
