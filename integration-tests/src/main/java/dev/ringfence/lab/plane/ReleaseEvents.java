package dev.ringfence.lab.plane;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.release.CanonicalJson;
import dev.ringfence.release.Channel;
import dev.ringfence.release.ManifestReader;
import dev.ringfence.release.Release;
import dev.ringfence.release.ReleaseEventReader;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.release.WithdrawCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes "Release Published" events as EventBridge delivers them: the envelope, and in its detail
 * the manifest with the documents of the simulated cloud, signed with the lab's key.
 */
public final class ReleaseEvents {
  private final SimulatedCloud cloud;

  private ReleaseEvents(SimulatedCloud cloud) {
    this.cloud = cloud;
  }

  /** The signed event of a release, published now. What reboots is what the channel may reboot. */
  public static String published(
      SimulatedCloud cloud, String product, String version, Channel channel, InstantSource time) {
    Release release = release(cloud, product, version, channel);
    return event(release, LabKey.publisher(), time.instant());
  }

  /**
   * A release that installs with the lab's documents: content without a reboot, capability with
   * one.
   */
  public static Release release(
      SimulatedCloud cloud, String product, String version, Channel channel) {
    ReleaseEvents events = new ReleaseEvents(cloud);
    return switch (channel) {
      case CONTENT -> events.release(product, version, channel, false, false, null);
      case CAPABILITY -> events.release(product, version, channel, true, false, null);
    };
  }

  /**
   * The same with every choice open.
   *
   * @param reboots whether the installer reboots the machine; content must not
   * @param withdrawable whether it can be taken back without a restore
   * @param notBefore no machine gets it earlier; null means at once
   */
  public static Release release(
      SimulatedCloud cloud,
      String product,
      String version,
      Channel channel,
      boolean reboots,
      boolean withdrawable,
      @Nullable Instant notBefore) {
    return new ReleaseEvents(cloud)
        .release(product, version, channel, reboots, withdrawable, notBefore);
  }

  /**
   * The event that publishes a release.
   *
   * @param key who signs it; null leaves it unsigned
   */
  public static String event(Release release, @Nullable LabKey key, Instant at) {
    ObjectNode manifest = ManifestReader.write(release);
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.set("manifest", manifest);
    if (key != null) {
      detail.put("signature", key.sign(CanonicalJson.of(manifest)));
      detail.put("keyId", LabKey.ID);
    }
    return envelope(detail, at).toString();
  }

  /** The event of a release that carries another one's signature. */
  public static String forged(SimulatedCloud cloud, String product, InstantSource time) {
    Release signed = release(cloud, product, "9999.1", Channel.CONTENT);
    Release put = release(cloud, product, "9999.2", Channel.CONTENT);
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.set("manifest", ManifestReader.write(put));
    detail.put(
        "signature", LabKey.publisher().sign(CanonicalJson.of(ManifestReader.write(signed))));
    detail.put("keyId", LabKey.ID);
    return envelope(detail, time.instant()).toString();
  }

  /** An event of the right type around any detail, also around one that must be refused. */
  public static ObjectNode envelope(ObjectNode detail, Instant at) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", "release-" + Integer.toHexString(detail.hashCode()));
    event.put("detail-type", ReleaseEventReader.DETAIL_TYPE);
    event.put("source", "dev.ringfence.lab.publisher");
    event.put("account", Account.ID);
    event.put("time", at.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", Account.REGION);
    event.putArray("resources");
    event.set("detail", detail);
    return event;
  }

  private Release release(
      String product,
      String version,
      Channel channel,
      boolean reboots,
      boolean withdrawable,
      @Nullable Instant notBefore) {
    Map<String, List<String>> whose = Map.of("product", List.of(product));
    return new Release(
        product,
        version,
        channel,
        document(Documents.INSTALL),
        Map.of(
            "product", List.of(product),
            "version", List.of(version),
            "reboot", List.of(reboots ? "after" : "never")),
        reboots,
        new VersionProbe(document(Documents.READ_VERSION), whose),
        notBefore,
        withdrawable ? new WithdrawCommand(document(Documents.WITHDRAW), whose) : null);
  }

  private SsmDocument document(String name) {
    Documents.Version latest = cloud.documents().latest(name);
    return new SsmDocument(latest.name(), latest.number(), latest.sha256());
  }
}
