package dev.ringfence.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.release.json.Readings;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureVerdictTest {
  private static final Map<String, String> KEYS =
      Map.of("alice", Manifests.ALICE, "bob", Manifests.BOB, "broken", "AAAA", "text", "no base64");

  private final Manifest manifest = manifest("7.16.1");

  @Test
  void theRegisteredKeysSignature_isVerified() throws GeneralSecurityException {
    assertEquals(
        new SignatureVerdict.Verified("alice"), verdict("alice", signed(Manifests.ALICE_SECRET)));
  }

  @Test
  void anotherKeysSignature_isWrong() throws GeneralSecurityException {
    assertEquals(
        new SignatureVerdict.Wrong("it is not alice's signature over this manifest"),
        verdict("alice", signed(Manifests.BOB_SECRET)));
  }

  @Test
  void aSignatureOverAnotherManifest_isWrong() throws GeneralSecurityException {
    String other = Manifests.sign(Manifests.ALICE_SECRET, manifest("7.16.2").canonical());
    assertInstanceOf(SignatureVerdict.Wrong.class, verdict("alice", other));
  }

  @Test
  void oneChangedBit_isWrong() throws GeneralSecurityException {
    byte[] signature = Base64.getDecoder().decode(signed(Manifests.ALICE_SECRET));
    for (int i = 0; i < signature.length; i++) {
      byte[] changed = signature.clone();
      changed[i] = (byte) (changed[i] ^ 1);
      String base64 = Base64.getEncoder().encodeToString(changed);
      assertInstanceOf(SignatureVerdict.Wrong.class, verdict("alice", base64), "byte " + i);
    }
  }

  @Test
  void noSignature_isUnsigned() {
    assertEquals(new SignatureVerdict.Unsigned(), SignatureVerdict.of(manifest, null, KEYS));
  }

  @Test
  void anUnregisteredKey_isUnknown() throws GeneralSecurityException {
    assertEquals(
        new SignatureVerdict.UnknownKey("eve"), verdict("eve", signed(Manifests.ALICE_SECRET)));
  }

  @Test
  void garbage_isWrongAndNeverThrown() throws GeneralSecurityException {
    String good = signed(Manifests.ALICE_SECRET);
    for (String signature : new String[] {"", "?", "AAAA", good + good}) {
      assertInstanceOf(SignatureVerdict.Wrong.class, verdict("alice", signature), signature);
    }
    assertInstanceOf(SignatureVerdict.Wrong.class, verdict("broken", good));
    assertInstanceOf(SignatureVerdict.Wrong.class, verdict("text", good));
  }

  @Test
  void onlyAnEd25519Key_isAPublicKey() {
    assertTrue(SignatureVerdict.isPublicKey(Manifests.ALICE));
    for (String key : new String[] {"", "AAAA", "no base64", Manifests.ALICE.substring(4)}) {
      assertTrue(!SignatureVerdict.isPublicKey(key), key);
    }
  }

  private String signed(String secret) throws GeneralSecurityException {
    return Manifests.sign(secret, manifest.canonical());
  }

  private SignatureVerdict verdict(String keyId, String signature) {
    return SignatureVerdict.of(manifest, new DetachedSignature(keyId, signature), KEYS);
  }

  private static Manifest manifest(String version) {
    return Readings.accepted(ManifestReader.read(Manifests.valid().put("version", version)));
  }
}
