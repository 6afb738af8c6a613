package dev.ringfence.fleet;

/**
 * What a machine was made of, as far as a clone of it needs the same; empty texts for what is not
 * known.
 *
 * @param image the AMI that it was launched from, {@code ami-…}
 * @param instanceType such as {@code m7g.large}
 * @param bootMode {@code uefi} or {@code legacy-bios}, as the machine booted
 * @param encryptionKey the KMS key of its root volume as EC2 gives it, an ARN; empty when the root
 *     is not encrypted
 * @param rootDevice the name under which the root is attached, such as {@code /dev/xvda}
 */
public record Build(
    String image, String instanceType, String bootMode, String encryptionKey, String rootDevice) {
  /** Nothing is known: a hybrid node. */
  public static final Build UNKNOWN = new Build("", "", "", "", "");
}
