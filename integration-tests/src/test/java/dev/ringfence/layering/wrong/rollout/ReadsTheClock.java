package dev.ringfence.layering.wrong.rollout;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Breaks a rule on purpose, once in every method. */
public final class ReadsTheClock {
  private ReadsTheClock() {}

  static Instant now() {
    return Instant.now();
  }

  static Supplier<Instant> later() {
    return Instant::now;
  }

  static Supplier<UUID> inALambda() {
    return () -> UUID.randomUUID();
  }

  static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  static InstantSource source() {
    return InstantSource.system();
  }

  static long millis() {
    return System.currentTimeMillis();
  }

  static long nanos() {
    return System.nanoTime();
  }

  static void sleeps() throws InterruptedException {
    Thread.sleep(1);
  }

  static void sleepsAsAUnit() throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
  }

  static double random() {
    return Math.random();
  }

  static int ofThisThread() {
    return ThreadLocalRandom.current().nextInt();
  }

  static SecureRandom secure() {
    return new SecureRandom();
  }
}
