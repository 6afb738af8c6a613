package dev.ringfence.control;

/** The two ways to another root, as operators name them. */
enum RestorePath {
  /** EC2 replaces the root of a machine that runs. */
  A,
  /** The machine is stopped, its root is exchanged, and it is started. */
  B
}
