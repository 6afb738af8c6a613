package dev.ringfence.drill;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a fleet's restores are proven.
 *
 * @param classes how many classes the fleet has that could be restored at all
 * @param proven how many of them have a passing drill within the period
 * @param machines how many machines these classes have
 * @param provenMachines how many of them stand in a class that is proven
 * @param oldest how old the oldest newest pass of any class is; null when none ever passed
 */
public record Coverage(
    int classes, int proven, int machines, int provenMachines, @Nullable Duration oldest) {
  /** A whole. */
  private static final double HUNDRED = 100.0;

  /** The share of machines whose class is proven, in percent; all of none is all. */
  public double percent() {
    return machines == 0 ? HUNDRED : HUNDRED * provenMachines / machines;
  }
}
