package dev.ringfence.release;

/** How a release changes a machine, and so how carefully it must travel. */
public enum Channel {
  /** Signatures, rules, configuration: many a day, and never with a reboot. */
  CONTENT,
  /** New code: drivers, agents, patches; it may reboot the machine. */
  CAPABILITY
}
