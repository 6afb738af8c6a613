package dev.ringfence.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What hurt machines once is known again, however it is called. */
class QuarantineTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final Release BAD = release("7.16.1", Channel.CONTENT, SHA, "291");
  private static final Lane LANE =
      Lane.free(new Lane.Id("falcon", Channel.CONTENT))
          .banning(BAD.version(), BAD.artifact(), "3 machines went silent");
  private static final Quarantine QUARANTINE =
      Quarantine.of(List.of(LANE, Lane.free(new Lane.Id("falcon", Channel.CAPABILITY))));

  private static Release release(String version, Channel channel, String sha, String file) {
    SsmDocument document = new SsmDocument("Falcon-" + channel, "3", sha);
    return new Release(
        "falcon",
        version,
        channel,
        document,
        Map.of("channelFile", List.of(file)),
        false,
        new VersionProbe(document, Map.of()),
        null,
        null);
  }

  private static Optional<String> against(
      String version, Channel channel, String sha, String file) {
    return QUARANTINE.against(release(version, channel, sha, file));
  }

  @Test
  void sameVersion_isQuarantinedInEveryChannelAndHoweverItIsWritten() {
    String because = "quarantined in channel CONTENT: 3 machines went silent";
    assertEquals(Optional.of("is " + because), QUARANTINE.against(BAD));
    assertEquals(
        Optional.of("is " + because), against("7.16.1", Channel.CAPABILITY, "f".repeat(64), "292"));
    for (String text : List.of("7.16.01", "7.16.1.0", "7.16.1+rebuilt")) {
      assertEquals(
          Optional.of("is the same as 7.16.1, " + because),
          against(text, Channel.CONTENT, "f".repeat(64), "292"),
          text);
    }
  }

  @Test
  void sameBits_areQuarantinedUnderEveryVersion() {
    assertEquals(
        Optional.of("is what 7.16.1 was, quarantined in channel CONTENT: 3 machines went silent"),
        against("7.17", Channel.CAPABILITY, SHA, "291"));
    assertEquals(Optional.empty(), against("7.17", Channel.CONTENT, SHA, "292"));
    assertEquals(Optional.empty(), against("7.17", Channel.CONTENT, "f".repeat(64), "291"));
  }

  @Test
  void whatAPersonLifted_isGivenAgain() {
    assertEquals(
        Optional.empty(), Quarantine.of(List.of(LANE.lifting(BAD.version()))).against(BAD));
  }
}
