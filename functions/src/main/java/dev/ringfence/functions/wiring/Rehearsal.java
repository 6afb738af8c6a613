package dev.ringfence.functions.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RestoreDesk;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.engine.Janitor;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.Codec;
import dev.ringfence.functions.record.HeadTurn;
import dev.ringfence.notice.Herald;
import dev.ringfence.notice.Notice;
import dev.ringfence.notice.RolloutNotices;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.PolicyWriter;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.policy.Signing;
import dev.ringfence.release.CanonicalJson;
import dev.ringfence.release.Channel;
import dev.ringfence.release.ManifestReader;
import dev.ringfence.release.Release;
import dev.ringfence.release.ReleaseEventReader;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.widget.Widget;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A release of a product that nobody has, played from its publication to its halt in an AWS where
 * one machine exists. What a function does for the first time costs it ten times what it costs
 * later, so whatever it may be called for it has done once before its snapshot is taken.
 */
final class Rehearsal {
  /** Product, alarm, key and machine are called so. */
  private static final String NAME = "rehearsal";

  /** Any digest, and any mark of 12 hexadecimal digits. */
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private static final String MARK = SHA256.substring(0, 12);

  private static final Duration PROOF_WITHIN = Duration.ofHours(1);

  /** Later ones find what earlier ones have stored. */
  private static final int BEATS = 3;

  private final ApplicationContext context;
  private final Store store;
  private final Instant now;

  Rehearsal(ApplicationContext context) {
    this.context = context;
    this.store = context.getBean(Store.class);
    this.now = context.getBean(InstantSource.class).instant();
  }

  /**
   * Plays as much as concerns a function.
   *
   * @param asked what the function asked the context for
   */
  void play(Set<Class<?>> asked) {
    String id = publish();
    if (asked.contains(Herald.class)) {
      tell(context.getBean(Herald.class), id);
    }
    if (asked.contains(Engine.class) || asked.contains(AlarmIntake.class)) {
      halt(context.getBean(Engine.class), id);
    }
    if (asked.contains(Engine.class)) {
      restore(context.getBean(Engine.class));
      drill(context.getBean(Engine.class));
    }
    if (asked.contains(ExpirySweep.class)) {
      context.getBean(ExpirySweep.class).run();
    }
    if (asked.contains(Janitor.class)) {
      context.getBean(Janitor.class).sweep(now);
      context.getBean(DrillIntake.class).run(now);
    }
    look(asked, id);
  }

  private void halt(Engine engine, String id) {
    for (int beat = 0; beat < BEATS; beat++) {
      engine.beat(RolloutCourse.FORM, id);
    }
    new AlarmIntake(store, engine, () -> now)
        .take(new AlarmIntake.Change(NAME, "ALARM", now, NAME, ""));
    engine.ask(RolloutCourse.FORM, id, new Request(Request.Wish.HALT, NAME, NAME, now));
    engine.beat(RolloutCourse.FORM, id);
  }

  /** What people ask first. */
  private void look(Set<Class<?>> asked, String id) {
    byte[] status = "{\"action\":\"status\"}".getBytes(StandardCharsets.UTF_8);
    if (asked.contains(RolloutDesk.class)) {
      context.getBean(RolloutDesk.class).answer(status, NAME);
    }
    if (asked.contains(RestoreDesk.class)) {
      context.getBean(RestoreDesk.class).answer(status, NAME);
      byte[] plan =
          "{\"action\":\"plan\",\"rollout\":\"%s\",\"by\":\"%s\"}"
              .formatted(id, NAME)
              .getBytes(StandardCharsets.UTF_8);
      context.getBean(RestoreDesk.class).answer(plan, NAME);
    }
    if (asked.contains(Widget.class)) {
      context.getBean(Widget.class).answer("{}".getBytes(StandardCharsets.UTF_8), NAME, NAME);
    }
  }

  private String publish() {
    KeyPair keys = keys();
    String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    store.putPolicy(NAME, PolicyWriter.toJson(policy(key)).toString());
    ReleaseIntake intake = context.getBean(ReleaseIntake.class);
    return switch (intake.take(event(keys).getBytes(StandardCharsets.UTF_8))) {
      case ReleaseIntake.Answer.Started started -> started.id();
      case ReleaseIntake.Answer.Refused refused ->
          throw new IllegalStateException("the rehearsal was refused: " + refused.problems());
    };
  }

  /** As the table's stream would hand it out. */
  private void tell(Herald herald, String id) {
    Rollout rollout = store.load(RolloutCourse.FORM, id).orElseThrow().head();
    SdkBytes packed = SdkBytes.fromByteArrayUnsafe(new Codec().pack(Rollout.class, rollout));
    HeadTurn turn = new HeadTurn(rollout.kind(), id, rollout.phaseName(), null, packed);
    RolloutNotices.of(turn.head(Rollout.class)).ifPresent(herald::tell);
    herald.tell(new Notice(NAME, id, NAME, "1.0", NAME, Map.of()));
  }

  private void restore(Engine engine) {
    RestoreOrder order =
        new RestoreOrder(
            NAME + "-restore",
            NAME,
            NAME,
            "1.0",
            false,
            Consent.REPLACEMENT,
            release().versionProbe(),
            PROOF_WITHIN,
            1,
            List.of(new RestoreOrder.Hurt("i-0123456789abcdef0", NAME, now, null, null, NAME)));
    store.create(RestoreCourse.FORM, Restore.of(order, MARK, now), Restore.wards(order), List.of());
    for (int beat = 0; beat < BEATS; beat++) {
      engine.beat(RestoreCourse.FORM, order.id());
    }
  }

  private void drill(Engine engine) {
    DrillIntake intake = context.getBean(DrillIntake.class);
    DrillOrder order = intake.order(NAME, now, new DrillOrder.Scope.Due(), NAME).orElseThrow();
    intake.begin(order);
    engine.beat(DrillCourse.FORM, order.id());
  }

  private static RolloutPolicy policy(String key) {
    return new RolloutPolicy(
        NAME,
        Map.of(RehearsalMachine.TAG, List.of(RehearsalMachine.TAG)),
        new Signing(true, Map.of(NAME, key)),
        Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0"),
        ChannelPolicy.defaults(Channel.CONTENT).with(Proof.ALARMS, List.of(NAME)),
        ChannelPolicy.defaults(Channel.CAPABILITY));
  }

  private static Release release() {
    SsmDocument document = new SsmDocument(NAME, "1", SHA256);
    return new Release(
        NAME,
        "1.0",
        Channel.CONTENT,
        document,
        Map.of(NAME, List.of(NAME)),
        false,
        new VersionProbe(document, Map.of()),
        null,
        null);
  }

  /** As EventBridge would deliver it. */
  private String event(KeyPair keys) {
    ObjectNode manifest = ManifestReader.write(release());
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0").put("id", NAME).put("source", NAME).put("account", "123456789012");
    event.put("detail-type", ReleaseEventReader.DETAIL_TYPE).put("region", NAME);
    event.put("time", now.toString()).putArray("resources");
    ObjectNode detail = event.putObject("detail");
    detail.put("keyId", NAME).put("signature", signed(CanonicalJson.of(manifest), keys));
    detail.set("manifest", manifest);
    return event.toString();
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK makes Ed25519 keys", impossible);
    }
  }

  private static String signed(String text, KeyPair keys) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(keys.getPrivate());
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK signs with Ed25519", impossible);
    }
  }
}
