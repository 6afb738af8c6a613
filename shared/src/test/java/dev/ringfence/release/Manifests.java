package dev.ringfence.release;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A valid manifest to break, and the key pairs of RFC 8032 §7.1, tests 1 and 2, to sign it with.
 */
public final class Manifests {
  static final String HASH = "0123456789abcdef".repeat(4);
  static final String ALICE =
      spki("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  static final String BOB =
      spki("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  static final String ALICE_SECRET =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  static final String BOB_SECRET =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

  static final String TEXT =
      """
      {"product": "falcon", "version": "7.16.1", "channel": "CAPABILITY",
       "document": {"name": "Falcon-Install", "version": "3", "sha256": "%1$s"},
       "parameters": {"commands": ["install", "zürich \\ud83d\\ude00"], "mode": "quiet"},
       "rebootExpected": true,
       "versionProbe": {"document": {"name": "Falcon-Probe", "version": "1", "sha256": "%1$s"}},
       "notBefore": "2026-11-01T00:00:00Z",
       "withdraw": {"document": {"name": "Falcon-Withdraw", "version": "2", "sha256": "%1$s"},
                    "parameters": {"to": ["7.16.0"]}}}
      """
          .formatted(HASH);

  private Manifests() {}

  static ObjectNode tree(String json) {
    try {
      return (ObjectNode) new JsonMapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  static ObjectNode valid() {
    return tree(TEXT);
  }

  /** The Base64 of an Ed25519 signature over a text's UTF-8 bytes. */
  static String sign(String secret, String text) throws GeneralSecurityException {
    byte[] pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + secret);
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    signer.update(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(signer.sign());
  }

  private static String spki(String point) {
    return Base64.getEncoder()
        .encodeToString(HexFormat.of().parseHex("302a300506032b6570032100" + point));
  }
}
