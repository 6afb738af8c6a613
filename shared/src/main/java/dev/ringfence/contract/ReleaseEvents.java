package dev.ringfence.contract;

/** How publishers name their events on our bus: what the rule lets through and intake looks for. */
public final class ReleaseEvents {
  /** The {@code detail-type} that publishers must use. */
  public static final String PUBLISHED = "Release Published";

  private ReleaseEvents() {}
}
