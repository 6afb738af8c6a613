package dev.ringfence.fleet;

/** The two ways back to an older root. */
public enum RootPath {
  /** EC2 exchanges the root of a machine that runs ("Replace the root volume"). */
  A("A: EC2 replaces its root volume while it stays the same machine; it reboots"),
  /** We exchange the root of a machine that we stop for it. */
  B(
      "B: it is stopped, its root volume is exchanged for one made from its restore point, and it is"
          + " started");

  private final String words;

  RootPath(String words) {
    this.words = words;
  }

  /** What happens on it, as an operator reads it. */
  public String words() {
    return words;
  }
}
