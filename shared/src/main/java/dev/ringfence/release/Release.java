package dev.ringfence.release;

import dev.ringfence.release.json.Groups;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a product, as its manifest froze it.
 *
 * @param version the text that the version probe must read back; ordered by {@link Version}
 * @param document installs the release; run with {@code parameters}
 * @param rebootExpected whether a machine comes back with a younger boot time when all went well
 * @param versionProbe reads the version back; without it success would be the installer's own word
 * @param notBefore no machine gets it earlier; null means at once
 * @param withdraw takes it back on machines that still live after a halt; null when that is
 *     impossible
 */
public record Release(
    String product,
    String version,
    Channel channel,
    SsmDocument document,
    Map<String, List<String>> parameters,
    boolean rebootExpected,
    VersionProbe versionProbe,
    @Nullable Instant notBefore,
    @Nullable WithdrawCommand withdraw) {
  /**
   * Products name policies, tags and metric dimensions, so only characters that all of them take.
   */
  public static final String PRODUCT = "[A-Za-z0-9._-]{1,64}";

  public static final String VERSION = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}";

  /**
   * What it runs on machines, whatever it is called: SHA-256 over the document's content and its
   * parameters, 64 lowercase hexadecimal digits. The same again is not harmless because it came
   * under another version, or in another channel.
   */
  public String artifact() {
    return Artifact.digest(document, parameters);
  }

  public Release {
    parameters = Groups.frozen(parameters);
    if (channel == Channel.CONTENT && rebootExpected) {
      throw new IllegalArgumentException("content never reboots a machine");
    }
  }
}
