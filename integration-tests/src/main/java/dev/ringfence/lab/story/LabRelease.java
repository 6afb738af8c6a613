package dev.ringfence.lab.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.release.CanonicalJson;
import dev.ringfence.release.Channel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * Publishes releases as a vendor would: a manifest, signed with the vendor's key, in an EventBridge
 * event.
 */
final class LabRelease {
  static final String KEY_ID = "lab-2026";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Documents documents;
  private final KeyPair keys;

  LabRelease(Documents documents) {
    this.documents = documents;
    try {
      this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has Ed25519", impossible);
    }
  }

  /** The public key as a policy registers it. */
  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** A release's event; a capability release reboots the machine when it is installed. */
  String event(String product, String version, Channel channel, Instant now) {
    boolean reboots = channel == Channel.CAPABILITY;
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("product", product);
    manifest.put("version", version);
    manifest.put("channel", channel.name());
    manifest.set("document", document(Documents.INSTALL));
    ObjectNode parameters = manifest.putObject("parameters");
    parameters.putArray("product").add(product);
    parameters.putArray("version").add(version);
    parameters.putArray("reboot").add(reboots ? "after" : "never");
    manifest.put("rebootExpected", reboots);
    ObjectNode probe = manifest.putObject("versionProbe");
    probe.set("document", document(Documents.READ_VERSION));
    probe.putObject("parameters").putArray("product").add(product);
    return event(manifest, sign(manifest), now);
  }

  /** The same manifest with a signature that is not over it. */
  String forged(String product, String version, Instant now) {
    ObjectNode manifest =
        (ObjectNode) read(event(product, version, Channel.CONTENT, now)).at("/detail/manifest");
    String genuine = sign(manifest);
    manifest.put("version", version + ".1");
    return event(manifest, genuine, now);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException("our own JSON", impossible);
    }
  }

  private static String event(ObjectNode manifest, String signature, Instant now) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "0");
    event.put("id", "lab-" + manifest.path("version").asText());
    event.put("detail-type", "Release Published");
    event.put("source", "dev.ringfence.lab");
    event.put("account", "123456789012");
    event.put("time", now.toString());
    event.put("region", Account.REGION);
    event.putArray("resources");
    ObjectNode detail = event.putObject("detail");
    detail.set("manifest", manifest);
    detail.put("signature", signature);
    detail.put("keyId", KEY_ID);
    return event.toString();
  }

  private ObjectNode document(String name) {
    Documents.Version version = documents.latest(name);
    return JSON.createObjectNode()
        .put("name", version.name())
        .put("version", version.number())
        .put("sha256", version.sha256());
  }

  private String sign(JsonNode manifest) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(CanonicalJson.of(manifest).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK signs with Ed25519", impossible);
    }
  }
}
