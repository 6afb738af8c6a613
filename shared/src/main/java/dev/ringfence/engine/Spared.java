package dev.ringfence.engine;

/** Why something stays although it has expired. */
public enum Spared {
  OTHERS(false, "its product has no policy in this cell, so another cell may need it"),
  IN_USE(false, "a rollout or a drill that is under way refers to it"),
  WAY_BACK(false, "its machine is under watch and has no newer way back"),
  RESTORES(false, "a restore is under way, and nothing is removed meanwhile"),
  UNFINISHED(false, "it is not completed yet"),
  ARCHIVED(true, "somebody moved it to the archive tier"),
  NO_DAY(true, "its tag names no instant");

  private final boolean stuck;
  private final String sentence;

  Spared(boolean stuck, String sentence) {
    this.stuck = stuck;
    this.sentence = sentence;
  }

  /** Whether it stays until somebody does something. */
  public boolean isStuck() {
    return stuck;
  }

  /** The reason, as an operator reads it. */
  public String sentence() {
    return sentence;
  }
}
