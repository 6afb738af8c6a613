package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.infra.ProductPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.ManifestReader;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import java.util.Map;

/** A product that no machine has, and releases of it. */
final class Shipment {
  static final String PRODUCT = "widgets";
  static final String VERSION = "7.16";

  private Shipment() {}

  static ProductPolicy policy() {
    return ProductPolicy.of(PRODUCT).selecting("product", PRODUCT).unsignedAllowed().build();
  }

  /** What a publisher puts into the detail of its event. */
  static ObjectNode detail() {
    SsmDocument document = new SsmDocument("AWS-RunShellScript", "1", "0".repeat(64));
    Release release =
        new Release(
            PRODUCT,
            VERSION,
            Channel.CONTENT,
            document,
            Map.of(),
            false,
            new VersionProbe(document, Map.of()),
            null,
            null);
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    return detail.set("manifest", ManifestReader.write(release));
  }
}
