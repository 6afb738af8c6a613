package dev.ringfence.operation;

/**
 * How far a restore may go by itself when what it tries first does not bring a machine back. Each
 * step takes more from the machine than the one before, so whoever is asked says how far.
 *
 * @param exchange whether a machine may be stopped and its root exchanged where EC2 refuses its own
 *     replacement or fails; what is on its instance store and an address that is not its own for
 *     good are lost then ("Stop and start your instance", EC2)
 * @param older whether an older restore point may be tried when one does not boot; what was written
 *     between the two is lost as well
 */
public record Consent(boolean exchange, boolean older) {
  /** Nobody is asked: the policy says that machines are brought back, by whatever does it. */
  public static final Consent ALL = new Consent(true, true);

  /** EC2's own replacement from the restore point that was shown, and nothing else. */
  public static final Consent REPLACEMENT = new Consent(false, false);
}
