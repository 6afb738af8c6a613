package dev.ringfence.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.contract.ReleaseEvents;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.Shape;
import dev.ringfence.release.json.StrictJson;
import dev.ringfence.release.json.Times;
import dev.ringfence.release.json.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole EventBridge event of a published release: the envelope that AWS makes, and in its
 * {@code detail} the publisher's {@code {"manifest": {...}, "signature": "...", "keyId": "..."}}.
 */
public final class ReleaseEventReader {
  /** The {@code detail-type} that publishers must use. */
  public static final String DETAIL_TYPE = ReleaseEvents.PUBLISHED;

  /** EventBridge takes entries of less than 256 KB (PutEvents); a larger one is not from there. */
  public static final int MAX_EVENT_BYTES = 256 * 1024;

  private static final Member<Detail, Manifest> MANIFEST =
      Member.required(
          "manifest", ManifestReader.KIND, "what is released", detail -> detail.manifest);

  private static final Member<Detail, String> SIGNATURE =
      Member.optional(
          "signature",
          Kinds.text(
              "signature", "[A-Za-z0-9+/]{86}(==)?", "the Base64 of a 64-byte Ed25519 signature"),
          "Ed25519 over the canonical manifest",
          detail -> detail.signature == null ? null : detail.signature.base64());

  private static final Member<Detail, String> KEY_ID =
      Member.optional(
          "keyId",
          Kinds.text(
              "name", "[A-Za-z0-9._:/-]{1,128}", "at most 128 of letters, digits, . _ : / -"),
          "the registered key that the signature was made with",
          detail -> detail.signature == null ? null : detail.signature.keyId());

  private static final Shape<Detail> DETAIL =
      Shape.of(
              "detail {manifest, signature, keyId}",
              List.of(MANIFEST, SIGNATURE, KEY_ID),
              ReleaseEventReader::detail)
          .checking(ReleaseEventReader::refuseHalfASignature);

  private static final Member<Envelope, String> ID = name("id", "EventBridge's id of the event");
  private static final Member<Envelope, String> SOURCE = name("source", "who published it");
  private static final Member<Envelope, String> REGION = name("region", "where it was published");

  private static final Member<Envelope, String> TYPE =
      Member.required(
          "detail-type",
          Kinds.named(Map.of(DETAIL_TYPE, DETAIL_TYPE), type -> type),
          "what kind of event it is",
          envelope -> null);

  private static final Member<Envelope, String> ACCOUNT =
      Member.required(
          "account",
          Kinds.text("account", "[0-9]{12}", "the twelve digits of an account"),
          "the sender's account",
          envelope -> null);

  private static final Member<Envelope, Instant> TIME =
      Member.required("time", Times.instant(), "when it was published", envelope -> null);

  private static final Shape<Envelope> ENVELOPE =
      Shape.of("event", List.of(ID, TYPE, SOURCE, ACCOUNT, TIME, REGION), Envelope::new)
          .toleratingOthers();

  private record Detail(Manifest manifest, @Nullable DetachedSignature signature) {}

  private record Envelope(Values values) {}

  private ReleaseEventReader() {}

  /** Reads an event as it was delivered, UTF-8. */
  public static Reading<ReleaseEvent> read(byte[] event) {
    return StrictJson.parse(event, MAX_EVENT_BYTES, "event").then(ReleaseEventReader::fromTree);
  }

  /** Reads an event as it was delivered. */
  public static Reading<ReleaseEvent> read(String event) {
    return StrictJson.parse(event, MAX_EVENT_BYTES, "event").then(ReleaseEventReader::fromTree);
  }

  /** The detail's fields are named without their prefix: a publisher sees only the detail. */
  private static Reading<ReleaseEvent> fromTree(JsonNode tree) {
    Problems problems = new Problems();
    Envelope envelope = ENVELOPE.read(tree, "event", problems);
    Detail detail = null;
    if (tree.path("detail").isObject()) {
      detail = DETAIL.read(tree.get("detail"), "", problems);
    } else {
      problems.add("event.detail", "must be an object: " + DETAIL.label());
    }
    return Reading.of(
        envelope == null || detail == null ? null : event(envelope.values(), detail), problems);
  }

  private static ReleaseEvent event(Values values, Detail detail) {
    return new ReleaseEvent(
        values.get(ID),
        values.get(SOURCE),
        values.get(ACCOUNT),
        values.get(REGION),
        values.get(TIME),
        detail.manifest,
        detail.signature);
  }

  private static Detail detail(Values values) {
    String keyId = values.orNull(KEY_ID);
    String signature = values.orNull(SIGNATURE);
    return new Detail(
        values.get(MANIFEST),
        keyId == null || signature == null ? null : new DetachedSignature(keyId, signature));
  }

  /** A signature without its key cannot be checked, and must not pass for "unsigned". */
  private static void refuseHalfASignature(Values values, String path, Problems problems) {
    boolean signed = values.orNull(SIGNATURE) != null;
    boolean named = values.orNull(KEY_ID) != null;
    if (signed && !named) {
      problems.add(Path.member(path, KEY_ID.name()), "is missing beside the signature");
    } else if (named && !signed) {
      problems.add(Path.member(path, SIGNATURE.name()), "is missing beside the key's id");
    }
  }

  private static Member<Envelope, String> name(String name, String sentence) {
    Kind<String> kind =
        Kinds.text("text", "[\\x20-\\x7E]{1,256}", "1 to 256 printable ASCII characters");
    return Member.required(name, kind, sentence, envelope -> null);
  }
}
