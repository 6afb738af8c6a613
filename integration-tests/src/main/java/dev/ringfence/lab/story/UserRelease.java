package dev.ringfence.lab.story;

import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.release.Release;
import dev.ringfence.release.ReleaseEvent;
import dev.ringfence.release.ReleaseEventReader;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A release of the user's own: the lab takes its documents for what the manifest says they do. */
final class UserRelease {
  private UserRelease() {}

  static String product(String event) {
    return release(event).product();
  }

  static String version(String event) {
    return release(event).version();
  }

  /** Lets the simulated Systems Manager know the documents that the manifest names. */
  static void adopt(String event, Documents documents) {
    Release release = release(event);
    adopt(
        documents,
        release.document(),
        Documents.Action.INSTALL,
        Map.of(
            "product", release.product(),
            "version", release.version(),
            "reboot", release.rebootExpected() ? "after" : "never"));
    adopt(
        documents,
        release.versionProbe().document(),
        Documents.Action.READ_VERSION,
        Map.of("product", release.product()));
    if (release.withdraw() != null) {
      adopt(
          documents,
          release.withdraw().document(),
          Documents.Action.WITHDRAW,
          Map.of("product", release.product()));
    }
  }

  private static void adopt(
      Documents documents,
      SsmDocument document,
      Documents.Action action,
      Map<String, String> builtIn) {
    documents.adopt(document.name(), document.version(), document.sha256(), action, builtIn);
  }

  static Release release(String event) {
    return switch (ReleaseEventReader.read(event)) {
      case Reading.Accepted<ReleaseEvent>(ReleaseEvent read) -> read.manifest().release();
      case Reading.Refused<ReleaseEvent>(List<Problem> problems) ->
          throw new Story.RefusedStory(
              "the release was refused: "
                  + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    };
  }
}
