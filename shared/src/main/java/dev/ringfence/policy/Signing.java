package dev.ringfence.policy;

import dev.ringfence.release.SignatureVerdict;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose releases are believed.
 *
 * @param required whether an unsigned release is refused
 * @param keys public Ed25519 keys by id: X.509 SubjectPublicKeyInfo in Base64
 */
public record Signing(boolean required, Map<String, String> keys) {
  public Signing {
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
  }

  /**
   * Why a release with this verdict is refused; empty when it is not. A signature that cannot be
   * confirmed is refused even where none is required: somebody claimed something that is not so.
   */
  public Optional<String> objection(SignatureVerdict verdict) {
    return switch (verdict) {
      case SignatureVerdict.Verified(String keyId) -> Optional.empty();
      case SignatureVerdict.Unsigned() ->
          required ? Optional.of("the release is not signed, and must be") : Optional.empty();
      case SignatureVerdict.UnknownKey(String keyId) ->
          Optional.of("the key " + keyId + " is not registered for the product");
      case SignatureVerdict.Wrong(String reason) ->
          Optional.of("the signature is wrong: " + reason);
    };
  }
}
