package dev.ringfence.health;

/** A part of the dispatched machines that is looked at for itself. */
public sealed interface Slice {
  /** Everybody: sees small harm spread thinly. */
  record Whole() implements Slice {}

  /**
   * One wave: sees an update that was corrupted after good waves.
   *
   * @param number of the wave, from 1 (the pilot)
   */
  record Wave(int number) implements Slice {}

  /**
   * Machines alike in type, image or group: sees harm to a kind that few machines are of.
   *
   * @param name of the stratum
   */
  record Stratum(String name) implements Slice {}

  /** The slice as an operator reads it. */
  default String inWords() {
    return switch (this) {
      case Whole w -> "the whole rollout";
      case Wave wave -> "ring " + wave.number();
      case Stratum stratum -> stratum.name();
    };
  }
}
