package dev.ringfence.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.CellEvents;
import dev.ringfence.contract.ReleaseEvents;
import dev.ringfence.events.RecordedEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.Machine;

/**
 * The template's rules, with their patterns as CloudFormation gets them, tried with the matcher of
 * EventBridge itself.
 *
 * @see <a href="https://github.com/aws/event-ruler">Event Ruler</a>
 */
class RulesTest {
  private static final String RELEASES = "ringfence-releases";
  private static final String ALARMS = "ringfence-alarms";
  private static final String NEWS = "ringfence-news";

  /** The account in AWS's own examples stands for the cell's. */
  private static final String OWN = "123456789012";

  private static final String PUBLISHER = "111122223333";
  private static final Set<RecordedEvent> ALARMING =
      EnumSet.of(RecordedEvent.METRIC_ALARM, RecordedEvent.COMPOSITE_ALARM);

  private enum Bus {
    DEFAULT,
    OURS
  }

  @ParameterizedTest
  @EnumSource
  void ofWhatAwsPublishes_onlyAlarmsReachARule(RecordedEvent event) throws Exception {
    List<String> rules = ALARMING.contains(event) ? List.of(ALARMS) : List.of();
    assertEquals(rules, reached(Bus.DEFAULT, event.json()));
    assertEquals(List.of(), reached(Bus.OURS, event.json()));
  }

  @Test
  void release_reachesItsIntakeFromOurBusAlone() throws Exception {
    ObjectNode release = event("com.example.releases", ReleaseEvents.PUBLISHED, PUBLISHER);
    assertEquals(List.of(RELEASES), reached(Bus.OURS, release));
    assertEquals(List.of(), reached(Bus.DEFAULT, release));
  }

  @Test
  void releaseOfAnotherAccount_reachesNoRule() throws Exception {
    assertEquals(
        List.of(), reached(Bus.OURS, event("com.example.releases", ReleaseEvents.PUBLISHED, OWN)));
  }

  @ParameterizedTest
  @MethodSource("news")
  void whatPeopleShouldHear_reachesTheTopic(String type) throws Exception {
    assertEquals(List.of(NEWS), reached(Bus.OURS, event(CellEvents.SOURCE, type, OWN)));
    assertEquals(List.of(), reached(Bus.DEFAULT, event(CellEvents.SOURCE, type, OWN)));
    assertEquals(List.of(), reached(Bus.OURS, event("ringfence.example", type, OWN)));
  }

  static Stream<String> news() {
    return Stream.of(
        CellEvents.ROLLOUT_HALTED,
        CellEvents.RESTORE_STARTED,
        CellEvents.RESTORE_ENDED,
        CellEvents.PERSON_NEEDED,
        CellEvents.DRILL_FAILED);
  }

  /** It is for the next cell of a chain, which brings its own rule. */
  @Test
  void success_isNoNews() throws Exception {
    assertEquals(
        List.of(), reached(Bus.OURS, event(CellEvents.SOURCE, CellEvents.ROLLOUT_SUCCEEDED, OWN)));
  }

  private static ObjectNode event(String source, String type, String account) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("source", source).put("detail-type", type).put("account", account);
    event.putObject("detail").put(CellEvents.MESSAGE, "said");
    return event;
  }

  private static List<String> reached(Bus bus, ObjectNode event) throws Exception {
    Machine machine = Machine.builder().build();
    for (Map.Entry<String, String> rule : patterns(bus).entrySet()) {
      machine.addRule(rule.getKey(), rule.getValue());
    }
    return machine.rulesForJSONEvent(event.toString()).stream().map(Object::toString).toList();
  }

  /** By the rules' names; one that runs by a schedule has no pattern. */
  private static Map<String, String> patterns(Bus bus) {
    Map<String, String> patterns = new TreeMap<>();
    for (JsonNode rule : Synth.cell().all("AWS::Events::Rule")) {
      JsonNode properties = rule.path("Properties");
      Bus of = properties.has("EventBusName") ? Bus.OURS : Bus.DEFAULT;
      if (of == bus && properties.has("EventPattern")) {
        patterns.put(
            properties.path("Name").asText(),
            properties.path("EventPattern").toString().replace("${AWS::AccountId}", OWN));
      }
    }
    return patterns;
  }
}
