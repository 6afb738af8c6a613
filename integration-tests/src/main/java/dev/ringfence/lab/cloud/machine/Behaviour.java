package dev.ringfence.lab.cloud.machine;

import java.time.Duration;

/** What a version does to a machine that installs or loads it. */
public sealed interface Behaviour {
  /** Nothing bad. */
  record Healthy() implements Behaviour {}

  /** The system crashes within a minute and a half of loading it, and again at every boot. */
  record BlueScreen() implements Behaviour {}

  /** A machine of the stratum never gets through its next boot; others notice nothing. */
  record BootLoop(Stratum where) implements Behaviour {}

  /** All is well until {@code delay} after loading it; then the system crashes; every time. */
  record SlowLeak(Duration delay) implements Behaviour {}

  /** The SSM agent stops for good, while the machine itself and EC2's checks are fine. */
  record AgentKiller() implements Behaviour {}

  /**
   * The install command fails on this share of the fleet and leaves the old version in place.
   *
   * @param share 0 to 1; which machines is decided by the seed, and retrying does not change it
   */
  record InstallFails(double share) implements Behaviour {}
}
