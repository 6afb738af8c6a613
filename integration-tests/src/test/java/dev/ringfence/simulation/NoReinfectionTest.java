package dev.ringfence.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.engine.ReleaseIntake.Answer;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.LabKey;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.operation.Lane;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What hurt machines does not come back to them under another name. */
class NoReinfectionTest {
  private final Cell cell = Cell.usual().countingUpdates();

  private Answer publish(Release release) {
    String event = ReleaseEvents.event(release, LabKey.publisher(), cell.clock.instant());
    return cell.file.publish(cell.plane::publish, event);
  }

  private Release release(String version, Channel channel) {
    return ReleaseEvents.release(cell.cloud, Cell.PRODUCT, version, channel);
  }

  /** What the halted release installs, called otherwise. */
  private Release sameBits(String version) {
    Release bad = release(Cell.NEW, Channel.CONTENT);
    return new Release(
        bad.product(),
        version,
        bad.channel(),
        bad.document(),
        bad.parameters(),
        bad.rebootExpected(),
        bad.versionProbe(),
        bad.notBefore(),
        bad.withdraw());
  }

  private void assertRefused(Release release, String why) {
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, publish(release));
    assertEquals("manifest.version", refused.problems().getFirst().field());
    assertTrue(refused.toString().contains(why), refused.toString());
  }

  @Test
  void hurtAndRestored_theSameIsRefusedInEveryGuise_andTheMachinesStay() {
    Rollout ended = cell.end(cell.publish(new Behaviour.BlueScreen()));
    Set<String> crashed = cell.cloud.truth().everCrashed().keySet();
    long sent = cell.updatesSent();
    assertRefused(release(Cell.NEW, Channel.CONTENT), "is quarantined in channel CONTENT");
    assertRefused(release(Cell.NEW, Channel.CAPABILITY), "is quarantined in channel CONTENT");
    assertRefused(release(Cell.NEW + ".0", Channel.CONTENT), "is the same as " + Cell.NEW);
    assertRefused(sameBits("7.16.0"), "is what " + Cell.NEW + " was");
    cell.run(Duration.ofHours(6));
    assertEquals(sent, cell.updatesSent());
    assertEquals(Set.of(), cell.cloud.truth().crashedNow());
    assertFalse(crashed.isEmpty(), "somebody was hurt");
    for (String machine : crashed) {
      assertEquals(Cell.OLD, cell.cloud.truth().installed(machine, Cell.PRODUCT).orElseThrow());
    }
    cell.assertPromisesHold();

    assertTrue(cell.store.lift(new Lane.Id(Cell.PRODUCT, Channel.CONTENT), Cell.NEW));
    assertInstanceOf(Answer.Started.class, publish(sameBits("7.16.0")));
    assertEquals(1, ended.orders().size());
  }

  @Test
  void releaseThatIsUnderWayInTheOtherChannel_isHaltedBeforeItsNextRing() {
    cell.cloud.catalog().publish(Cell.PRODUCT, Cell.NEW, new Behaviour.BlueScreen());
    String waits =
        ((Answer.Started)
                publish(
                    ReleaseEvents.release(
                        cell.cloud,
                        Cell.PRODUCT,
                        Cell.NEW,
                        Channel.CAPABILITY,
                        true,
                        false,
                        cell.clock.instant().plus(Duration.ofHours(1)))))
            .id();
    String content = assertInstanceOf(Answer.Started.class, cell.publishAgain()).id();
    cell.end(content);
    cell.run(Duration.ofHours(2));
    assertEquals("DROPPED", cell.rollout(waits).phaseName());
    assertEquals(Set.of(), cell.cloud.truth().crashedNow());
  }
}
