package dev.ringfence.release;

import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Shape;
import dev.ringfence.release.json.Times;
import dev.ringfence.release.json.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The members of a manifest, each with its limits. */
final class ManifestShape {
  /** Each is sent with each batch; no document that installs something has needed more. */
  private static final int MAX_PARAMETERS = 50;

  private static final int MAX_VALUES_OF_A_PARAMETER = 50;

  /** Systems Manager takes longer ones, but a script belongs into the pinned document. */
  private static final int MAX_VALUE_CHARS = 4096;

  /**
   * Any text but unpaired surrogates: those have no UTF-8 form, so that two manifests that differ
   * could bear one signature.
   */
  private static final Kind<String> VALUE =
      Kinds.text(
          "text",
          "[^\\p{Cs}]{0," + MAX_VALUE_CHARS + "}",
          "text of at most " + MAX_VALUE_CHARS + " characters");

  private static final Kind<Map<String, List<String>>> PARAMETERS_KIND =
      Groups.mapOf(
          Kinds.text(
              "name", "[A-Za-z0-9_.-]{1,128}", "named with at most 128 of letters, digits, _ . -"),
          Groups.oneOrMany(Groups.repeatingListOf(VALUE, 0, MAX_VALUES_OF_A_PARAMETER)),
          0,
          MAX_PARAMETERS);

  private static final Kind<SsmDocument> DOCUMENT_KIND = documentKind();

  private static final Member<Release, String> PRODUCT =
      Member.required(
          "product",
          Kinds.text("name", Release.PRODUCT, "at most 64 of letters, digits, . _ -"),
          "the product that the release is of",
          Release::product);

  private static final Member<Release, String> VERSION =
      Member.required(
          "version",
          Kinds.text(
              "version",
              Release.VERSION,
              "at most 64 of letters, digits, . _ + -, not a sign first"),
          "the version that the version probe must read back",
          Release::version);

  private static final Member<Release, Channel> CHANNEL =
      Member.required(
          "channel",
          Kinds.oneOf(Channel.class),
          "whether it is content or new code",
          Release::channel);

  private static final Member<Release, SsmDocument> DOCUMENT =
      Member.required("document", DOCUMENT_KIND, "installs the release", Release::document);

  private static final Member<Release, Map<String, List<String>>> PARAMETERS =
      Member.withDefault(
          "parameters",
          PARAMETERS_KIND,
          Map.of(),
          "what the document is run with",
          Release::parameters);

  private static final Member<Release, Boolean> REBOOT_EXPECTED =
      Member.withDefault(
          "rebootExpected",
          Kinds.flag(),
          false,
          "whether a machine reboots when all goes well; never for content",
          Release::rebootExpected);

  private static final Member<Release, VersionProbe> VERSION_PROBE =
      Member.required(
          "versionProbe", probeKind(), "reads back what a machine runs", Release::versionProbe);

  private static final Member<Release, Instant> NOT_BEFORE =
      Member.optional(
          "notBefore", Times.instant(), "no machine gets it earlier", Release::notBefore);

  private static final Member<Release, WithdrawCommand> WITHDRAW =
      Member.optional(
          "withdraw",
          withdrawKind(),
          "takes it back on machines that still live after a halt",
          Release::withdraw);

  static final Shape<Release> RELEASE =
      Shape.of(
              "manifest",
              List.of(
                  PRODUCT,
                  VERSION,
                  CHANNEL,
                  DOCUMENT,
                  PARAMETERS,
                  REBOOT_EXPECTED,
                  VERSION_PROBE,
                  NOT_BEFORE,
                  WITHDRAW),
              ManifestShape::release)
          .checking(ManifestShape::refuseRebootingContent);

  private ManifestShape() {}

  private static Release release(Values values) {
    return new Release(
        values.get(PRODUCT),
        values.get(VERSION),
        values.get(CHANNEL),
        values.get(DOCUMENT),
        values.get(PARAMETERS),
        values.get(REBOOT_EXPECTED),
        values.get(VERSION_PROBE),
        values.orNull(NOT_BEFORE),
        values.orNull(WITHDRAW));
  }

  private static void refuseRebootingContent(Values values, String path, Problems problems) {
    if (values.get(CHANNEL) == Channel.CONTENT && values.get(REBOOT_EXPECTED)) {
      problems.add(
          Path.member(path, REBOOT_EXPECTED.name()),
          "must be false for CONTENT: what reboots a machine is CAPABILITY");
    }
  }

  private static Kind<SsmDocument> documentKind() {
    Member<SsmDocument, String> name =
        Member.required(
            "name",
            Kinds.text("name", SsmDocument.NAME, "3 to 128 of letters, digits, _ - . : /"),
            "the document's name or ARN",
            SsmDocument::name);
    Member<SsmDocument, String> version =
        Member.required(
            "version",
            Kinds.text(
                "number as text",
                SsmDocument.VERSION,
                "a positive number as text; $LATEST and $DEFAULT are not frozen"),
            "the document's version",
            SsmDocument::version);
    Member<SsmDocument, String> sha256 =
        Member.required(
            "sha256",
            Kinds.text("hash", SsmDocument.SHA256, "64 lowercase hexadecimal digits"),
            "SHA-256 of the document's content, as DescribeDocument gives it",
            SsmDocument::sha256);
    return Shape.of(
        "document {name, version, sha256}",
        List.of(name, version, sha256),
        values -> new SsmDocument(values.get(name), values.get(version), values.get(sha256)));
  }

  private static Kind<VersionProbe> probeKind() {
    Member<VersionProbe, SsmDocument> document =
        Member.required(
            "document", DOCUMENT_KIND, "prints version= and booted=", VersionProbe::document);
    Member<VersionProbe, Map<String, List<String>>> parameters =
        Member.withDefault(
            "parameters",
            PARAMETERS_KIND,
            Map.of(),
            "what the document is run with",
            VersionProbe::parameters);
    return Shape.of(
        "probe {document, parameters}",
        List.of(document, parameters),
        values -> new VersionProbe(values.get(document), values.get(parameters)));
  }

  private static Kind<WithdrawCommand> withdrawKind() {
    Member<WithdrawCommand, SsmDocument> document =
        Member.required(
            "document", DOCUMENT_KIND, "takes the content back", WithdrawCommand::document);
    Member<WithdrawCommand, Map<String, List<String>>> parameters =
        Member.withDefault(
            "parameters",
            PARAMETERS_KIND,
            Map.of(),
            "what the document is run with",
            WithdrawCommand::parameters);
    return Shape.of(
        "withdrawal {document, parameters}",
        List.of(document, parameters),
        values -> new WithdrawCommand(values.get(document), values.get(parameters)));
  }
}
