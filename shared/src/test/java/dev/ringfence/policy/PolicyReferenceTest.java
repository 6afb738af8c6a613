package dev.ringfence.policy;

import static dev.ringfence.release.json.Readings.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyReferenceTest {
  /** Where a fresh copy is left, to be put in the resource's place when the policy grew. */
  private static final Path FRESH = Path.of("target", "policy-schema.json");

  @Test
  void theSchemaThatIsShipped_isTheReadersOwn() throws IOException {
    Files.writeString(FRESH, PolicyReference.schema().toPrettyString() + "\n");
    assertEquals(PolicyReference.schema(), shipped(), "see " + FRESH);
  }

  /**
   * An array where none fits is refused by whoever knows the field, and by its own path; a field
   * that the reader does not know says so.
   */
  @Test
  void theReader_knowsEachPropertyOfTheSchema_andNoOther() throws IOException {
    List<String> paths = new ArrayList<>();
    collect(shipped(), "", paths);
    assertTrue(paths.contains("/content/windows/0/zone"), paths.toString());
    assertTrue(paths.contains("/capability/rings/0/tags"), paths.toString());
    for (String path : paths) {
      String said = PolicyReader.read(Policies.with(path, "[[]]")).toString();
      String field = "policy" + path.replace("/0", "[0]").replace('/', '.');
      assertTrue(said.contains(field), field + ": " + said);
      assertTrue(!said.contains("is not a known field"), path + ": " + said);
    }
    ObjectNode everything =
        PolicyWriter.toJson(RolloutPolicy.of("falcon", Map.of("a", List.of("b"))));
    for (String channel : Set.of("content", "capability")) {
      List<String> written = new ArrayList<>();
      everything.get(channel).fieldNames().forEachRemaining(written::add);
      List<String> described = new ArrayList<>();
      shipped()
          .at("/properties/" + channel + "/properties")
          .fieldNames()
          .forEachRemaining(described::add);
      assertEquals(written, described);
    }
  }

  @Test
  void theReference_hasARowForEachSetting() {
    String markdown = PolicyReference.markdown();
    for (Setting<?> setting : ChannelPolicy.SETTINGS) {
      assertTrue(markdown.contains("\n| `" + setting.name() + "` | "), setting.name());
    }
    assertTrue(
        markdown.contains(
            "| `growth` | number | `10.0` | `5.0` |"
                + " Each wave brings the updated machines to this many times as many. |"),
        markdown);
    for (String line : markdown.split("\n", -1)) {
      long bars = line.chars().filter(c -> c == '|').count();
      assertTrue(bars == 0 || bars == 5 || bars == 6, line);
    }
  }

  @Test
  void eachSetting_hasASentence() {
    ChannelPolicy.SETTINGS.forEach(
        setting -> assertTrue(setting.sentence().matches("[A-Z].*\\."), setting.name()));
  }

  @Test
  void defaultsInTheSchema_areAcceptedByTheReader() throws IOException {
    for (String channel : Set.of("content", "capability")) {
      for (Map.Entry<String, JsonNode> setting :
          shipped().at("/properties/" + channel + "/properties").properties()) {
        String json = setting.getValue().get("default").toString();
        assertEquals(
            Set.of(),
            refused(
                PolicyReader.read(Policies.with("/" + channel + "/" + setting.getKey(), json))));
      }
    }
  }

  /** The JSON Pointers of all properties whose parent is in {@link Policies#FULL}. */
  private static void collect(JsonNode schema, String path, List<String> paths) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String at = path + "/" + property.getKey();
      paths.add(at);
      if (Policies.tree(Policies.FULL).at(at).isObject()) {
        collect(property.getValue(), at, paths);
      }
      if (Policies.tree(Policies.FULL).at(at + "/0").isObject()) {
        collect(property.getValue().path("items"), at + "/0", paths);
      }
    }
  }

  private static JsonNode shipped() throws IOException {
    try (InputStream in =
        PolicyReference.class.getResourceAsStream(PolicyReference.SCHEMA_RESOURCE)) {
      assertNotNull(in, "the schema is missing");
      return new JsonMapper().readTree(in.readAllBytes());
    }
  }
}
