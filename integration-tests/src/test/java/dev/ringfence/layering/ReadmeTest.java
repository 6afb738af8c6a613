package dev.ringfence.layering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.PolicyReference;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.DetachedSignature;
import dev.ringfence.release.Manifest;
import dev.ringfence.release.ManifestReader;
import dev.ringfence.release.SignatureVerdict;
import dev.ringfence.release.json.Reading;
import dev.ringfence.rollout.RolloutPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README is read at three in the morning: what it says must be so. */
class ReadmeTest {
  private static final String README = Checkout.read("README.md");

  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ARROW =
      Pattern.compile("^ +(\\S+) --> (\\S+?)(:.*)?$", Pattern.MULTILINE);

  private static final Path FRESH = Path.of("target", "policy-reference.md");

  private static final String BEGIN = "<!-- policy reference: begin -->\n";
  private static final String END = "<!-- policy reference: end -->\n";

  /**
   * What belongs between the two comments is written to {@link #FRESH}, to be copied from there.
   */
  @Test
  void thePolicyReferenceIsTheCodes() throws IOException {
    Files.writeString(FRESH, PolicyReference.markdown());
    int begin = README.indexOf(BEGIN) + BEGIN.length();
    String shown = README.substring(begin, README.indexOf(END));
    assertEquals(PolicyReference.markdown(), shown, "see " + FRESH);
  }

  @Test
  void thePolicyThatItShowsIsAccepted() {
    assertEquals("falcon", policy().product());
  }

  /** Made with the commands that it names, so those are known to give what the reader checks. */
  @Test
  void theReleaseThatItShowsIsSignedWithTheKeyOfItsPolicy() {
    JsonNode detail = example("\"manifest\"");
    Manifest manifest = accepted(ManifestReader.read(detail.get("manifest")));
    DetachedSignature signature =
        new DetachedSignature(detail.get("keyId").textValue(), detail.get("signature").textValue());
    SignatureVerdict verdict = SignatureVerdict.of(manifest, signature, policy().signing().keys());
    assertEquals(new SignatureVerdict.Verified("releases-2026"), verdict);
    assertEquals(Optional.empty(), policy().signing().objection(verdict));
  }

  @Test
  void itsDiagramHasEveryPhaseAndNoOther() {
    Set<String> drawn = new TreeSet<>();
    for (MatchResult arrow : ARROW.matcher(README).results().toList()) {
      drawn.add(arrow.group(1));
      drawn.add(arrow.group(2));
    }
    drawn.remove("[*]");
    Set<String> phases =
        Stream.of(RolloutPhase.class.getPermittedSubclasses())
            .map(phase -> phase.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_"))
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(phases, drawn);
  }

  @Test
  void itNamesEveryRoom() {
    List<String> missing =
        Stream.concat(Rooms.SHARED.stream(), Rooms.FUNCTIONS.stream())
            .map(room -> room.name().replace("functions.", "").replace("release.json", "release"))
            .filter(name -> !README.contains("`…" + name + "`"))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static RolloutPolicy policy() {
    return accepted(PolicyReader.read(example("\"selector\"").toString()));
  }

  private static JsonNode example(String having) {
    List<String> found =
        JSON.matcher(README)
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains(having))
            .toList();
    assertEquals(1, found.size(), having);
    try {
      return new JsonMapper().readTree(found.getFirst());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("README shows JSON that is none", malformed);
    }
  }

  private static <T> T accepted(Reading<T> reading) {
    assertTrue(reading instanceof Reading.Accepted<T>, reading.toString());
    return ((Reading.Accepted<T>) reading).value();
  }
}
