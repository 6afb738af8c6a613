package dev.ringfence.release.json;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong while a tree is read, so that all of it is told at once. */
public final class Problems {
  /** A hostile input can be wrong in tens of thousands of places; nobody reads more than these. */
  public static final int MAX_LISTED = 100;

  private final List<Problem> listed = new ArrayList<>();
  private int count;

  public void add(String field, String message) {
    count++;
    if (listed.size() < MAX_LISTED) {
      listed.add(new Problem(field, message));
    }
  }

  /** How many problems there were, also those beyond {@link #MAX_LISTED}. */
  public int count() {
    return count;
  }

  public List<Problem> list() {
    return List.copyOf(listed);
  }
}
