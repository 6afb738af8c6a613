package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.plane.LabKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Somebody's own release and policy run on the lab; what is wrong with them is told by field. */
class UserInputTest {
  private static final int MACHINES = 40;
  private static final long SEED = 3;

  private static final String SIGNATURE = "A".repeat(86) + "==";

  @ParameterizedTest
  @CsvSource({"CONTENT,false", "CAPABILITY,true"})
  void anOwnReleaseAndPolicy_runOnTheLab(String channel, boolean reboots) throws IOException {
    Report report = told(event(manifest(channel, reboots), ""), policy("edge-agent", false));

    assertTrue(report.kept(), () -> ReportText.of(report));
    assertEquals("SUCCEEDED", report.releases().getLast().phase(), () -> ReportText.of(report));
    assertEquals(MACHINES, report.releases().getLast().updated(), () -> ReportText.of(report));
  }

  @Test
  void anOwnReleaseOnTheLabsPolicy_runs() throws IOException {
    Report report = told(event(manifest("CONTENT", false), ""), null);

    assertTrue(report.kept(), () -> ReportText.of(report));
  }

  @Test
  void malformedJson_isRefused() {
    refused("event", "{\"version\": ", null);
    refused("policy", event(manifest("CONTENT", false), ""), "{");
  }

  @Test
  void anUnknownField_isRefusedByItsName() {
    String manifest =
        manifest("CONTENT", false).replace("\"version\":\"5.2\"", "\"verzion\":\"5.2\"");
    refused("manifest.verzion", event(manifest, ""), null);
    String policy = policy("edge-agent", false).replace("\"signing\"", "\"signingg\"");
    refused("policy.signingg", event(manifest("CONTENT", false), ""), policy);
  }

  @Test
  void thePolicyOfAnotherProduct_isRefused() {
    refused("policy.product", event(manifest("CONTENT", false), ""), policy("other", false));
  }

  @Test
  void aForgedSignature_isRefused() {
    String forged =
        event(
            manifest("CONTENT", false),
            ",\"signature\":\"" + SIGNATURE + "\",\"keyId\":\"vendor-1\"");
    refused("signature", forged, policy("edge-agent", true));
  }

  @Test
  void anUnknownScenario_isWrongInputAndNamesTheChoices() {
    StringWriter told = new StringWriter();
    CommandLine line = new CommandLine(new LabMain()).setErr(new PrintWriter(told, true));

    assertEquals(2, line.execute("--scenario=nonsense"));
    for (String title : Scenario.titles()) {
      assertTrue(told.toString().contains(title), told::toString);
    }
  }

  private static void refused(String field, String release, @Nullable String policy) {
    Story.RefusedStory why = assertThrows(Story.RefusedStory.class, () -> told(release, policy));
    String message = String.valueOf(why.getMessage());
    assertTrue(message.contains(field), message);
  }

  private static Report told(String release, @Nullable String policy) throws IOException {
    StoryInput input = new StoryInput(Scenario.HEALTHY, MACHINES, SEED, release, policy);
    try (Story story = Story.open(input, new Silence())) {
      return story.tell();
    }
  }

  private static String manifest(String channel, boolean reboots) {
    return """
    {"product":"edge-agent","version":"5.2","channel":"%s",
     "document":{"name":"Acme-Install","version":"4","sha256":"%s"},
     "parameters":{"release":["5.2"]},"rebootExpected":%b,
     "versionProbe":{"document":{"name":"Acme-Version","version":"2","sha256":"%s"},
                     "parameters":{}}}\
    """
        .formatted(channel, "ab".repeat(32), reboots, "cd".repeat(32));
  }

  private static String event(String manifest, String signature) {
    return """
    {"version":"0","id":"acme-1","detail-type":"Release Published","source":"com.acme.ci",
     "account":"123456789012","time":"2026-11-03T08:00:00Z","region":"eu-central-1",
     "resources":[],"detail":{"manifest":%s%s}}\
    """
        .formatted(manifest, signature);
  }

  private static String policy(String product, boolean signed) {
    return """
    {"product":"%s","selector":{"ringfence:product":["edge-agent"]},
     "signing":{"required":%b,"keys":{%s}},
     "content":{"updateWithoutRestore":["HYBRID_NODE"]},
     "capability":{"updateWithoutRestore":["HYBRID_NODE"]}}\
    """
        .formatted(
            product,
            signed,
            signed ? "\"vendor-1\":\"" + LabKey.publisher().publicKey() + "\"" : "");
  }
}
