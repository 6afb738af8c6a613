package dev.ringfence.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.release.json.JsonMutations;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.Readings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
  private static final int MUTATIONS = 5_000;

  @Test
  void aManifest_becomesARelease() {
    SsmDocument install = new SsmDocument("Falcon-Install", "3", Manifests.HASH);
    SsmDocument probe = new SsmDocument("Falcon-Probe", "1", Manifests.HASH);
    SsmDocument withdraw = new SsmDocument("Falcon-Withdraw", "2", Manifests.HASH);
    assertEquals(
        new Release(
            "falcon",
            "7.16.1",
            Channel.CAPABILITY,
            install,
            Map.of("commands", List.of("install", "zürich 😀"), "mode", List.of("quiet")),
            true,
            new VersionProbe(probe, Map.of()),
            Instant.parse("2026-11-01T00:00:00Z"),
            new WithdrawCommand(withdraw, Map.of("to", List.of("7.16.0")))),
        accepted(Manifests.valid()).release());
  }

  @Test
  void aWrittenRelease_readsAsItself() {
    Release release = accepted(Manifests.valid()).release();
    assertEquals(release, accepted(ManifestReader.write(release)).release());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/product | 1 | manifest.product",
        "/product | \"\" | manifest.product",
        "/product | \"a b\" | manifest.product",
        "/version | \"-1\" | manifest.version",
        "/version | null | manifest.version",
        "/channel | \"content\" | manifest.channel",
        "/channel | \"DRIVER\" | manifest.channel",
        "/document | [] | manifest.document",
        "/document/name | \"ab\" | manifest.document.name",
        "/document/version | \"$LATEST\" | manifest.document.version",
        "/document/version | \"$DEFAULT\" | manifest.document.version",
        "/document/version | \"0\" | manifest.document.version",
        "/document/version | 3 | manifest.document.version",
        "/document/sha256 | \"ABC\" | manifest.document.sha256",
        "/document/hash | \"x\" | manifest.document.hash",
        "/parameters | [] | manifest.parameters",
        "/parameters/commands | [1] | manifest.parameters.commands[0]",
        "/parameters/mode | \"\\ud800\" | manifest.parameters.mode[0]",
        "/parameters/a b | \"x\" | manifest.parameters[\"a b\"]",
        "/rebootExpected | \"true\" | manifest.rebootExpected",
        "/versionProbe/document/sha256 | 7 | manifest.versionProbe.document.sha256",
        "/versionProbe/timeout | 7 | manifest.versionProbe.timeout",
        "/notBefore | \"tomorrow\" | manifest.notBefore",
        "/notBefore | 1793491200 | manifest.notBefore",
        "/withdraw | true | manifest.withdraw",
        "/withdraw/document | null | manifest.withdraw.document",
        "/ring | \"all\" | manifest.ring"
      })
  void aWrongField_isRefusedByItsName(String at, String json, String field) {
    ObjectNode manifest = Manifests.valid();
    int slash = at.lastIndexOf('/');
    JsonNode value = Manifests.tree("{\"v\":" + json + "}").get("v");
    ((ObjectNode) manifest.at(at.substring(0, slash))).set(at.substring(slash + 1), value);
    assertEquals(Set.of(field), fields(ManifestReader.read(manifest)));
  }

  @Test
  void missingFields_areNamedAllAtOnce() {
    assertEquals(
        Set.of(
            "manifest.channel",
            "manifest.document",
            "manifest.product",
            "manifest.version",
            "manifest.versionProbe"),
        fields(ManifestReader.read(Manifests.tree("{}"))));
  }

  @Test
  void contentThatReboots_isRefused() {
    ObjectNode manifest = Manifests.valid().put("channel", "CONTENT");
    assertEquals(Set.of("manifest.rebootExpected"), fields(ManifestReader.read(manifest)));
    assertEquals(
        Channel.CONTENT, accepted(manifest.put("rebootExpected", false)).release().channel());
  }

  @Test
  void limits_areInclusive() {
    ObjectNode manifest = Manifests.valid();
    manifest.put("product", "p".repeat(64)).put("version", "1".repeat(64));
    ObjectNode parameters = manifest.putObject("parameters");
    parameters.put("p0", "v".repeat(4096));
    for (int i = 1; i < 50; i++) {
      parameters.put("p" + i, "v");
    }
    assertEquals(64, accepted(manifest).release().product().length());

    manifest.put("product", "p".repeat(65)).put("version", "1".repeat(65));
    parameters.put("p0", "v".repeat(4097));
    assertEquals(
        Set.of("manifest.product", "manifest.version", "manifest.parameters.p0[0]"),
        fields(ManifestReader.read(manifest)));

    parameters.put("p0", "v").put("p50", "v");
    manifest.put("product", "p").put("version", "1");
    assertEquals(Set.of("manifest.parameters"), fields(ManifestReader.read(manifest)));
  }

  @Test
  void aManifestBeyond64KiB_isRefused() {
    ObjectNode manifest = Manifests.valid();
    ObjectNode parameters = manifest.putObject("parameters");
    for (int i = 0; i < 16; i++) {
      parameters.put("p" + i, "v".repeat(4096));
    }
    assertEquals(Set.of("manifest"), fields(ManifestReader.read(manifest)));
    parameters.remove("p0");
    accepted(manifest);
  }

  @Test
  void theCanonicalForm_doesNotDependOnOrderOrSpaceOrEscapes() {
    Manifest manifest = accepted(Manifests.valid());
    List<String> names = new java.util.ArrayList<>();
    Manifests.valid().fieldNames().forEachRemaining(names::add);
    ObjectNode reversed = Manifests.tree("{}");
    names.reversed().forEach(name -> reversed.set(name, Manifests.valid().get(name)));
    assertEquals(manifest, accepted(reversed));
    assertEquals(
        manifest,
        accepted(
            Manifests.tree(
                Manifests.TEXT.replace(" ", "\n  ").replace("\n  \\ud83d", " \\ud83d"))));
    assertEquals(
        manifest, accepted(Manifests.tree(Manifests.TEXT.replace("\\ud83d\\ude00", "😀"))));
    assertEquals(64, manifest.digest().length());
  }

  /** The example of RFC 8785 §3.2.2, whose result is in §3.2.3. */
  @Test
  void theCanonicalForm_isTheOneOfTheRfc() {
    String input =
        "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"
            + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
            + "\"literals\":[null,true,false]}";
    assertEquals(
        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        CanonicalJson.of(Manifests.tree(input)));
  }

  @Test
  void whatWouldShareAnothersCanonicalForm_hasNone() {
    for (String json : List.of("1e400", "[-1e400]", "\"\\ud800\"", "{\"\\udc00\":1}")) {
      ObjectNode value = Manifests.tree("{\"v\":" + json + "}");
      assertThrows(IllegalArgumentException.class, () -> CanonicalJson.of(value), json);
    }
  }

  @Test
  void otherText_hasAnotherDigest() {
    ObjectNode other = Manifests.valid().put("version", "7.16.2");
    assertEquals(2, Set.of(accepted(Manifests.valid()).digest(), accepted(other).digest()).size());
  }

  @Test
  void randomMutations_areAcceptedOrRefused_neverThrown() {
    long seed = 20240719;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      JsonNode mutated = new JsonMutations(seed + i).ofTree(Manifests.valid());
      try {
        switch (ManifestReader.read(mutated)) {
          case Reading.Accepted<Manifest>(Manifest manifest) ->
              assertEquals(
                  manifest.release(), accepted(ManifestReader.write(manifest.release())).release());
          case Reading.Refused<Manifest>(List<Problem> problems) -> refused++;
        }
      } catch (RuntimeException thrown) {
        throw new AssertionError("seed " + (seed + i) + ": " + mutated, thrown);
      }
    }
    int least = MUTATIONS / 2;
    assertEquals(true, refused > least && refused < MUTATIONS, refused + " refused");
  }

  private static Manifest accepted(JsonNode manifest) {
    return Readings.accepted(ManifestReader.read(manifest));
  }

  private static Set<String> fields(Reading<Manifest> reading) {
    return Readings.refused(reading);
  }
}
