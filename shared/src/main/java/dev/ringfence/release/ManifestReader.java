package dev.ringfence.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Reading;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a release's manifest and freezes it. What is unknown or beyond a limit is refused. */
public final class ManifestReader {
  /** It rides in an EventBridge event of less than 256 KB, and is stored with each rollout. */
  public static final int MAX_MANIFEST_BYTES = 64 * 1024;

  /** A manifest, with its form and digest; for use inside larger shapes. */
  static final Kind<Manifest> KIND = new ManifestKind();

  private ManifestReader() {}

  /** Problems name fields such as {@code manifest.document.sha256}. */
  public static Reading<Manifest> read(JsonNode manifest) {
    return Reading.of(KIND, manifest, "manifest");
  }

  /** The manifest that reads as this release; a publisher signs its canonical form. */
  public static ObjectNode write(Release release) {
    return ManifestShape.RELEASE.write(release);
  }

  private record ManifestKind() implements Kind<Manifest> {
    @Override
    public @Nullable Manifest read(JsonNode node, String path, Problems problems) {
      int before = problems.count();
      int bytes = node.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_MANIFEST_BYTES) {
        problems.add(path, "must be at most " + MAX_MANIFEST_BYTES + " bytes, not " + bytes);
      }
      Release release = ManifestShape.RELEASE.read(node, path, problems);
      if (release == null || problems.count() > before) {
        return null;
      }
      String canonical = CanonicalJson.of(node);
      return new Manifest(release, canonical, CanonicalJson.sha256(canonical));
    }

    @Override
    public JsonNode write(Manifest manifest) {
      return ManifestReader.write(manifest.release());
    }

    @Override
    public ObjectNode schema() {
      return ManifestShape.RELEASE.schema();
    }

    @Override
    public String label() {
      return ManifestShape.RELEASE.label();
    }
  }
}
