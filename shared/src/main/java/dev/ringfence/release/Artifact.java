package dev.ringfence.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What a release runs on machines, as a digest. */
final class Artifact {
  private Artifact() {}

  /** A document's name and number are left out: its content under another name is the same. */
  static String digest(SsmDocument document, Map<String, List<String>> parameters) {
    ObjectNode runs = JsonNodeFactory.instance.objectNode();
    runs.put("sha256", document.sha256());
    ObjectNode with = runs.putObject("parameters");
    parameters.forEach((name, values) -> {
      ArrayNode texts = with.putArray(name);
      values.forEach(texts::add);
    });
    return CanonicalJson.sha256(CanonicalJson.of(runs));
  }
}
