package dev.ringfence.lab.cloud.account;

import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * All that is random in the lab. A draw depends on the seed, on what it is for, on whom it is about
 * and on the how-manieth it is, and on nothing else: a draw that is added somewhere shifts no
 * other, and the order in which machines are asked does not matter.
 */
public final class Chance {
  /** FNV-1a's 64-bit offset and prime: cheap, and spread well enough to seed a SplittableRandom. */
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private final long seed;

  public Chance(long seed) {
    this.seed = seed;
  }

  public SplittableRandom of(String concern, String subject, long turn) {
    long hash = absorb(FNV_OFFSET ^ seed, concern);
    hash = absorb(hash * FNV_PRIME, subject);
    hash = (hash ^ turn) * FNV_PRIME;
    return new SplittableRandom(new SplittableRandom(hash).nextLong());
  }

  /** A duration of whole milliseconds between two bounds, both possible. */
  public Duration between(
      String concern, String subject, long turn, Duration least, Duration most) {
    long millis =
        of(concern, subject, turn).nextLong(least.toMillis(), Math.addExact(most.toMillis(), 1));
    return Duration.ofMillis(millis);
  }

  /** Where a subject stands in [0, 1) for a concern; the same subject always stands there. */
  public double share(String concern, String subject) {
    return of(concern, subject, 0).nextDouble();
  }

  /** A version 4 UUID. */
  public String uuid(String concern, long turn) {
    SplittableRandom random = of(concern, "", turn);
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new java.util.UUID(high, low).toString();
  }

  /** An AWS resource id in the long form: the prefix and 17 hexadecimal digits. */
  public String id(String prefix, long turn) {
    return id(prefix, of("id", prefix, turn));
  }

  public static String id(String prefix, SplittableRandom random) {
    return prefix + "-0" + HexFormat.of().toHexDigits(random.nextLong());
  }

  private static long absorb(long hash, String text) {
    long result = hash;
    for (int i = 0; i < text.length(); i++) {
      result = (result ^ text.charAt(i)) * FNV_PRIME;
    }
    return result;
  }
}
