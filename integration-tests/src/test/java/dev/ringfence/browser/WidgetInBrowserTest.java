package dev.ringfence.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.story.OpenLab;
import dev.ringfence.lab.wire.LabPort;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operator's way through the widget, with the lab behind it and pictures of what he sees. */
class WidgetInBrowserTest {
  private static final String PRODUCT = "falcon-content";
  private static final String GOOD = "2026.11.03.1";
  private static final String BAD = "2026.11.03.2";
  private static final Path PICTURES = Path.of("target/pictures");

  /** How ids of hybrid nodes begin, which have no EBS volume to go back to. */
  private static final String HYBRID = "mi-";

  /** How many the script takes pictures of. */
  private static final int SCENES = 9;

  /** What the script asks for when it wants the next release, which is the bad one. */
  private static final int NEXT_RELEASE = -1;

  /** What it asks for when it wants a rollout whose names are markup. */
  private static final int HOSTILE_NAMES = -2;

  @Test
  void rolloutIsWatched_haltedByItsButton_andItsMachinesRestored() throws IOException {
    BrowserScript script = script();
    FleetSpec fleet = FleetSpec.of(120, 20261123).running(PRODUCT, "2026.11.02.1");
    try (Lab lab = Lab.open(fleet, beat -> {});
        OpenLab open = OpenLab.open(LabPort.ANY_PORT, lab)) {
      askBeforeRestores(lab);
      pass(lab, 10);
      publish(lab, GOOD, new Behaviour.Healthy());
      String said =
          script.run(open.widget(), PICTURES, minutes -> open.inTurn(() -> go(lab, minutes)));
      assumeTrue(!said.startsWith("unavailable"), said);
      assertTrue(said.endsWith("done\n"), said);
      assertHalted(lab);
    }
    try (Stream<Path> pictures = Files.list(PICTURES)) {
      assertEquals(SCENES * 2, pictures.count(), "each scene at two widths");
    }
  }

  private static BrowserScript script() throws IOException {
    try {
      return BrowserScript.ready();
    } catch (Tools.Missing missing) {
      System.out.println(missing.getMessage());
      return abort(missing.getMessage());
    }
  }

  /** By the button, with the words that were written beside it, and nobody else got it. */
  private static void assertHalted(Lab lab) {
    Rollout bad =
        lab.look().recent(RolloutCourse.FORM).stream()
            .filter(rollout -> rollout.release().version().equals(BAD))
            .findFirst()
            .orElseThrow();
    if (!(bad.phase() instanceof RolloutPhase.Halted halted)) {
      throw new AssertionError(bad.phase());
    }
    assertTrue(halted.reason().sentence().contains("anna"), halted.reason().sentence());
    assertEquals(
        List.of(),
        lab.cloud().truth().withInstalled(PRODUCT, BAD).stream()
            .filter(machine -> !machine.startsWith(HYBRID))
            .toList(),
        "everybody who can be restored is back");
  }

  private static void askBeforeRestores(Lab lab) {
    ChannelPolicy rules =
        ChannelPolicy.defaults(Channel.CONTENT)
            .with(WayBack.RESTORE, RestoreMode.ASK)
            .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.HYBRID_NODE));
    LabPolicies.register(
        lab.plane().store(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, rules));
  }

  private static boolean go(Lab lab, int minutes) {
    if (minutes == NEXT_RELEASE) {
      publish(lab, BAD, new Behaviour.BlueScreen());
    } else if (minutes == HOSTILE_NAMES) {
      HostileRollout hostile = HostileRollout.halted(lab.clock().instant());
      lab.plane()
          .store()
          .create(RolloutCourse.FORM, hostile.head(), List.of(hostile.batch()), List.of());
    } else {
      pass(lab, minutes);
    }
    return true;
  }

  private static void pass(Lab lab, int minutes) {
    lab.clock().runUntil(lab.clock().instant().plus(Duration.ofMinutes(minutes)));
  }

  private static void publish(Lab lab, String version, Behaviour behaviour) {
    lab.cloud().catalog().publish(PRODUCT, version, behaviour);
    String event =
        ReleaseEvents.published(lab.cloud(), PRODUCT, version, Channel.CONTENT, lab.clock());
    if (!(lab.publish(event) instanceof ReleaseIntake.Answer.Started)) {
      throw new AssertionError(version + " was not taken in");
    }
  }
}
