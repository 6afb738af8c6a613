package dev.ringfence.policy;

import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SignatureVerdict;
import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Shape;
import dev.ringfence.release.json.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The members of a policy; reader, writer, schema and reference are made from it. */
final class PolicyShape {
  /** One key to sign with, one to change to, and some for those who may release in an emergency. */
  private static final int MAX_KEYS = 10;

  static final Shape<ChannelPolicy> CONTENT = channel(Channel.CONTENT);
  static final Shape<ChannelPolicy> CAPABILITY = channel(Channel.CAPABILITY);

  private static final Member<Signing, Boolean> REQUIRED =
      Member.withDefault(
          "required",
          Kinds.flag(),
          true,
          "Whether a release without a signature is refused.",
          Signing::required);

  private static final Member<Signing, Map<String, String>> KEYS =
      Member.withDefault(
          "keys",
          Groups.mapOf(
              Kinds.text("id", "[A-Za-z0-9._:/-]{1,128}", "a key's id: letters, digits, . _ : / -"),
              publicKey(),
              0,
              MAX_KEYS),
          Map.of(),
          "The Ed25519 keys that releases are signed with, by id.",
          Signing::keys);

  static final Shape<Signing> SIGNING_SHAPE =
      Shape.of(
          "signing {required, keys}",
          List.of(REQUIRED, KEYS),
          values -> new Signing(values.get(REQUIRED), values.get(KEYS)));

  private static final Member<RolloutPolicy, String> PRODUCT =
      Member.required(
          "product",
          Kinds.text("name", Release.PRODUCT, "at most 64 of letters, digits, . _ -"),
          "The product, as the manifests of its releases name it.",
          RolloutPolicy::product);

  private static final Member<RolloutPolicy, Map<String, List<String>>> SELECTOR =
      Member.required(
          "selector",
          PolicyKinds.TAGS,
          "The fleet: machines that have each of these tags with one of its values.",
          RolloutPolicy::selector);

  private static final Member<RolloutPolicy, Signing> SIGNING =
      Member.withDefault(
          "signing",
          SIGNING_SHAPE,
          new Signing(true, Map.of()),
          "Whose releases are believed.",
          RolloutPolicy::signing);

  private static final Member<RolloutPolicy, Drills> DRILLS =
      Member.optional(
          "drills",
          Drills.SHAPE,
          "How restores are rehearsed on isolated clones; without it, not at all.",
          RolloutPolicy::drills);

  private static final Member<RolloutPolicy, ChannelPolicy> CONTENT_MEMBER =
      Member.withDefault(
          "content",
          CONTENT,
          ChannelPolicy.defaults(Channel.CONTENT),
          "What holds for content.",
          RolloutPolicy::content);

  private static final Member<RolloutPolicy, ChannelPolicy> CAPABILITY_MEMBER =
      Member.withDefault(
          "capability",
          CAPABILITY,
          ChannelPolicy.defaults(Channel.CAPABILITY),
          "What holds for new code.",
          RolloutPolicy::capability);

  static final Shape<RolloutPolicy> POLICY =
      Shape.of(
              "policy",
              List.of(PRODUCT, SELECTOR, SIGNING, DRILLS, CONTENT_MEMBER, CAPABILITY_MEMBER),
              values ->
                  new RolloutPolicy(
                      values.get(PRODUCT),
                      values.get(SELECTOR),
                      values.get(SIGNING),
                      values.orNull(DRILLS),
                      values.get(CONTENT_MEMBER),
                      values.get(CAPABILITY_MEMBER)))
          .checking(PolicyShape::checkDrillAges);

  private PolicyShape() {}

  private static Shape<ChannelPolicy> channel(Channel channel) {
    List<Member<ChannelPolicy, ?>> members =
        ChannelPolicy.SETTINGS.stream()
            .<Member<ChannelPolicy, ?>>map(setting -> setting.member(channel))
            .toList();
    return Shape.of("channel", members, ChannelPolicy::new).checking(ChannelChecks::check);
  }

  /** A proof that expires before it is renewed would hold every class back again and again. */
  private static void checkDrillAges(Values values, String path, Problems problems) {
    Drills drills = values.orNull(DRILLS);
    for (Member<RolloutPolicy, ChannelPolicy> channel :
        List.of(CONTENT_MEMBER, CAPABILITY_MEMBER)) {
      Duration age = values.get(channel).maxDrillAge();
      if (drills != null && !age.isZero() && age.compareTo(drills.period()) < 0) {
        problems.add(
            Path.member(Path.member(path, channel.name()), WayBack.MAX_DRILL_AGE.name()),
            "must not be below drills.period (" + drills.period() + "), or must be PT0S");
      }
    }
  }

  private static Kind<String> publicKey() {
    return Kinds.parsed(
        "public key",
        Kinds.schemaOf("string"),
        "an Ed25519 public key: Base64 of its X.509 SubjectPublicKeyInfo",
        text -> SignatureVerdict.isPublicKey(text) ? text : null,
        text -> text);
  }
}
