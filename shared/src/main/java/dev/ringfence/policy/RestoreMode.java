package dev.ringfence.policy;

/** Who starts the restore of hurt machines after a halt. */
public enum RestoreMode {
  /** The halt does: at three in the morning nobody needs to be awake for it. */
  AUTO,
  /** A person does; until then the hurt machines stay as they are. */
  ASK
}
