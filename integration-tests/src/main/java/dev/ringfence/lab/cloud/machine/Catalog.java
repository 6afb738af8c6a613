package dev.ringfence.lab.cloud.machine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions that exist, and what each does. What was never published cannot be installed. */
public final class Catalog {
  private record Version(String product, String version) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
      int byProduct = product.compareTo(other.product);
      return byProduct != 0 ? byProduct : version.compareTo(other.version);
    }
  }

  private final Map<Version, Behaviour> behaviours = new TreeMap<>();

  public void publish(String product, String version, Behaviour behaviour) {
    behaviours.put(new Version(product, version), behaviour);
  }

  public Optional<Behaviour> behaviour(String product, String version) {
    return Optional.ofNullable(behaviours.get(new Version(product, version)));
  }
}
