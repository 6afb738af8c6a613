package dev.ringfence.release.json;

/** The typed name of a member of an object. */
public interface Key<V> {
  String name();
}
