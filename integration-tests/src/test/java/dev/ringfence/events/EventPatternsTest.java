package dev.ringfence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.EventPatterns;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.release.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.Machine;

/**
 * AWS publishes the matcher of EventBridge as a library, so the patterns are not judged by an
 * imitation.
 *
 * @see <a href="https://github.com/aws/event-ruler">Event Ruler</a>
 */
class EventPatternsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** The account in the recorded events. */
  private static final String OWN = "123456789012";

  private static final String STRANGER = "999999999999";
  private static final List<String> PUBLISHERS = List.of("210987654321", Account.ID);

  private static final String RELEASES = "releases";
  private static final String ALARMS = "alarms";

  @ParameterizedTest
  @EnumSource(names = {"METRIC_ALARM", "COMPOSITE_ALARM"})
  void alarmsOfBothKinds_reachTheAlarmRuleAlone(RecordedEvent alarm) throws Exception {
    assertEquals(List.of(ALARMS), rulesFor(alarm.json()));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"METRIC_ALARM", "COMPOSITE_ALARM"})
  void whatElseAwsPublishes_reachesNoRule(RecordedEvent event) throws Exception {
    assertEquals(List.of(), rulesFor(event.json()));
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateOfAnAlarm_reachesTheAlarmRule(String state) throws Exception {
    ObjectNode alarm = RecordedEvent.METRIC_ALARM.json();
    alarm.withObject("/detail/state").put("value", state);
    assertEquals(List.of(ALARMS), rulesFor(alarm));
  }

  static Stream<String> states() {
    return Stream.of("ALARM", "OK", "INSUFFICIENT_DATA");
  }

  @ParameterizedTest
  @MethodSource("strangeAlarms")
  void alarmThatIsNotOurs_reachesNoRule(String field, String value) throws Exception {
    assertEquals(List.of(), rulesFor(RecordedEvent.METRIC_ALARM.json().put(field, value)));
  }

  static Stream<Arguments> strangeAlarms() {
    return arguments(
        "source", "com.example.cloudwatch",
        "source", "aws.cloudwatch.more",
        "detail-type", "CloudWatch Alarm Configuration Change",
        "detail-type", "cloudwatch alarm state change",
        "account", STRANGER);
  }

  @Test
  void publishedRelease_reachesTheReleaseRuleAlone() throws Exception {
    assertEquals(List.of(RELEASES), rulesFor(release()));
  }

  @Test
  void releaseOfEachPublisher_reachesTheReleaseRule() throws Exception {
    for (String publisher : PUBLISHERS) {
      assertEquals(List.of(RELEASES), rulesFor(release().put("account", publisher)));
    }
  }

  @ParameterizedTest
  @MethodSource("strangeReleases")
  void releaseThatNobodyOfOursPublished_reachesNoRule(String field, String value) throws Exception {
    assertEquals(List.of(), rulesFor(release().put(field, value)));
  }

  static Stream<Arguments> strangeReleases() {
    return arguments(
        "source", "aws.ec2",
        "detail-type", "Release published",
        "detail-type", "Release Withdrawn",
        "account", STRANGER);
  }

  /** A rule that dropped it would hide from its publisher why nothing happens. */
  @Test
  void releaseWithABrokenDetail_reachesTheReleaseRuleToBeRefusedByName() throws Exception {
    ObjectNode broken = JsonNodeFactory.instance.objectNode().put("manifest", 7);
    ObjectNode event = ReleaseEvents.envelope(broken, FleetSpec.of(1, 1).start());
    assertEquals(List.of(RELEASES), rulesFor(event));
  }

  @Test
  void ruleWithoutPublishers_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> EventPatterns.releasePublished(List.of()));
  }

  private static Stream<Arguments> arguments(String... pairs) {
    List<Arguments> all = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.add(Arguments.of(pairs[i], pairs[i + 1]));
    }
    return all.stream();
  }

  private static ObjectNode release() throws Exception {
    FleetSpec spec = FleetSpec.of(1, 1);
    VirtualClock clock = new VirtualClock(spec.start());
    SimulatedCloud cloud = new SimulatedCloud(spec, clock, new Services());
    String event = ReleaseEvents.published(cloud, "falcon", "7.16", Channel.CONTENT, clock);
    return (ObjectNode) JSON.readTree(event);
  }

  private static List<String> rulesFor(ObjectNode event) throws Exception {
    Machine machine = Machine.builder().build();
    add(machine, RELEASES, EventPatterns.releasePublished(PUBLISHERS));
    add(machine, ALARMS, EventPatterns.alarmStateChanged(OWN));
    return machine.rulesForJSONEvent(event.toString()).stream().map(Object::toString).toList();
  }

  private static void add(Machine machine, String rule, Map<String, List<Object>> pattern)
      throws Exception {
    machine.addRule(rule, JSON.writeValueAsString(pattern));
  }
}
