package dev.ringfence.lab.cloud.machine;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes down what really happened, for judges; no API of the simulated cloud reads it. It knows
 * what happened since the run began, not what machines had loaded before.
 */
public final class Witness {
  private final Map<String, Map<String, Instant>> loaded = new TreeMap<>();
  private final Map<String, Integer> installs = new TreeMap<>();
  private final Map<String, Instant> crashes = new LinkedHashMap<>();
  private final Set<String> crashedNow = new LinkedHashSet<>();
  private final Set<String> stopped = new LinkedHashSet<>();
  private final Set<String> lostStores = new LinkedHashSet<>();
  private final Set<String> inFlight = new LinkedHashSet<>();
  private int mostInFlight;

  void loaded(Machine machine, String product, String version, Instant now) {
    loaded
        .computeIfAbsent(key(product, version), key -> new LinkedHashMap<>())
        .putIfAbsent(machine.id(), now);
  }

  void crashed(Machine machine, Instant now) {
    crashes.putIfAbsent(machine.id(), now);
    crashedNow.add(machine.id());
    inFlight.remove(machine.id());
  }

  /** It no longer stands there crashed: it was powered off, or boots again. */
  void pickedUp(Machine machine) {
    crashedNow.remove(machine.id());
  }

  /**
   * An instance came to a stop.
   *
   * @param losesStore whether it had disks in its host, whose content is gone now
   */
  public void stopped(Machine machine, boolean losesStore) {
    stopped.add(machine.id());
    if (losesStore) {
      lostStores.add(machine.id());
    }
  }

  /** Who was ever stopped. */
  public Set<String> everStopped() {
    return Collections.unmodifiableSet(stopped);
  }

  /** Who lost what was on its instance store. */
  public Set<String> lostStores() {
    return Collections.unmodifiableSet(lostStores);
  }

  public void installed(Machine machine, String product, String version) {
    installs.merge(machine.id() + " " + key(product, version), 1, Integer::sum);
  }

  public void takesOff(Machine machine) {
    inFlight.add(machine.id());
    mostInFlight = Math.max(mostInFlight, inFlight.size());
  }

  public void landed(Machine machine) {
    inFlight.remove(machine.id());
  }

  /** Who loaded a version since the run began, with the instant of the first time. */
  public Map<String, Instant> loaded(String product, String version) {
    return Collections.unmodifiableMap(loaded.getOrDefault(key(product, version), Map.of()));
  }

  /** Who ever crashed, with the instant of the first time. */
  public Map<String, Instant> everCrashed() {
    return Collections.unmodifiableMap(crashes);
  }

  public Set<String> crashedNow() {
    return Collections.unmodifiableSet(crashedNow);
  }

  /** How often a machine really installed a version; twice means that an effect was repeated. */
  public int installs(String machineId, String product, String version) {
    return installs.getOrDefault(machineId + " " + key(product, version), 0);
  }

  /** Who is between the delivery of an install and the end of the boot that it asked for. */
  public Set<String> inFlight() {
    return Collections.unmodifiableSet(inFlight);
  }

  public int mostInFlight() {
    return mostInFlight;
  }

  private static String key(String product, String version) {
    return product + "@" + version;
  }
}
