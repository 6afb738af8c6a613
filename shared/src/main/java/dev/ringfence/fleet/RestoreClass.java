package dev.ringfence.fleet;

/**
 * Machines of which one that was restored stands for the others: what decides whether a disk made
 * from a snapshot boots is the same for them.
 *
 * @param system the operating system as in {@link Machine#platform}
 * @param family the instance type's family
 * @param bootMode as in {@link Build#bootMode}
 * @param encryptionKey as in {@link Build#encryptionKey}
 */
public record RestoreClass(String system, String family, String bootMode, String encryptionKey) {
  /** The class of a machine. */
  public static RestoreClass of(Machine machine) {
    Build build = machine.build();
    return new RestoreClass(
        machine.platform(), machine.family(), build.bootMode(), build.encryptionKey());
  }

  /** Its name, as an operator reads it and as proofs are kept under it. */
  public String name() {
    return String.join(
        " / ",
        system.isEmpty() ? "unknown system" : system,
        family,
        bootMode.isEmpty() ? "unknown boot mode" : bootMode,
        encryptionKey.isEmpty() ? "not encrypted" : encryptionKey);
  }
}
