package dev.ringfence.lab.plane;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.SplittableRandom;

/** The publisher's Ed25519 key in the lab: the same seed gives the same key on every machine. */
public final class LabKey {
  /** The key's id in policies and events. */
  public static final String ID = "lab-publisher";

  /** Any number does; it only must stay the same, so that runs can be repeated. */
  private static final long SEED = 20_240_719;

  private static final LabKey PUBLISHER = new LabKey(SEED);

  private final KeyPair pair;

  private LabKey(long seed) {
    this.pair = pair(seed);
  }

  /** The key that the lab's policies have registered. */
  public static LabKey publisher() {
    return PUBLISHER;
  }

  /** A key that nobody has registered: what it signs must be refused. */
  public static LabKey stranger() {
    return new LabKey(SEED + 1);
  }

  /** X.509 SubjectPublicKeyInfo in Base64, as a policy's {@code signing.keys} take it. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** The signature over a text's UTF-8 bytes, in Base64. */
  public String sign(String canonical) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(canonical.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK signs with Ed25519", impossible);
    }
  }

  private static KeyPair pair(long seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(KEY_BITS, new Repeatable(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK makes Ed25519 keys", impossible);
    }
  }

  /** What the JDK calls the size of an Ed25519 key. */
  private static final int KEY_BITS = 255;

  /**
   * A source of bytes that is anything but secure: it hands out the same ones for the same seed.
   */
  private static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    Repeatable(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
