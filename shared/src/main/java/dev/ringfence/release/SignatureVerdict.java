package dev.ringfence.release;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose manifest it is, as far as it can be proven. */
public sealed interface SignatureVerdict {
  /** The registered key made this signature over this very manifest. */
  record Verified(String keyId) implements SignatureVerdict {}

  /** No signature came with it. */
  record Unsigned() implements SignatureVerdict {}

  /** It names a key that is not registered for the product. */
  record UnknownKey(String keyId) implements SignatureVerdict {}

  /** It is not the named key's signature over this manifest. */
  record Wrong(String reason) implements SignatureVerdict {}

  /**
   * Checks an Ed25519 signature over a manifest's canonical form.
   *
   * @param keys the product's public keys by id: X.509 SubjectPublicKeyInfo in Base64
   */
  static SignatureVerdict of(
      Manifest manifest, @Nullable DetachedSignature signature, Map<String, String> keys) {
    if (signature == null) {
      return new Unsigned();
    }
    String key = keys.get(signature.keyId());
    if (key == null) {
      return new UnknownKey(signature.keyId());
    }
    try {
      return verify(manifest.canonical(), signature, publicKey(key));
    } catch (IllegalArgumentException notBase64) {
      return new Wrong("the signature, or the registered key, is not Base64");
    } catch (GeneralSecurityException unusable) {
      return new Wrong("the signature, or the registered key, is not of Ed25519");
    }
  }

  private static SignatureVerdict verify(
      String canonical, DetachedSignature signature, PublicKey key)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(canonical.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(Base64.getDecoder().decode(signature.base64()))
        ? new Verified(signature.keyId())
        : new Wrong("it is not " + signature.keyId() + "'s signature over this manifest");
  }

  /** Whether a text is a public key that signatures can be checked with. */
  static boolean isPublicKey(String base64) {
    try {
      publicKey(base64);
      return true;
    } catch (IllegalArgumentException | GeneralSecurityException unusable) {
      return false;
    }
  }

  private static PublicKey publicKey(String base64) throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
