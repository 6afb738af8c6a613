package dev.ringfence.functions.console;

import static dev.ringfence.functions.console.Rollouts.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.DrillDesk;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.FleetWorld;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillConsoleFunctionTest {
  private static final String REQUEST = "00000000-0000-4000-8000-000000000001";
  private static final String LINUX = "Amazon Linux 2023 / m7g / uefi / not encrypted";
  private static final String WINDOWS =
      "Microsoft Windows Server 2022 / m7g / uefi / not encrypted";
  private static final String MACHINE = "i-00000000000000001";
  private static final String POLICY =
      """
      {"product":"%s","selector":{"ringfence:product":["%s"]}%s}
      """;
  private static final String DRILLS =
      """
      ,"drills":{"subnet":"subnet-0123456789abcdef0","securityGroup":"sg-0123456789abcdef0"}
      """;

  private final MemoryStore store = new MemoryStore();
  private final List<String> clocks = new ArrayList<>();
  private final FleetWorld world =
      new FleetWorld(
          () -> NOW, Map.of("vol-1", new RestorePoint("snap-1", NOW.minus(Duration.ofHours(3)))));
  private Instant now = NOW;
  private final Engine engine =
      new Engine(store, world, (kind, id) -> clocks.add(kind + " " + id), () -> now);
  private final DrillConsoleFunction function =
      new DrillConsoleFunction(
          new DrillDesk(
              store,
              new DrillIntake(store, (kind, id) -> clocks.add(kind + " " + id), () -> now),
              world,
              () -> now));

  @BeforeEach
  void aFleetOfTwoClasses() {
    store.putPolicy("falcon", POLICY.formatted("falcon", "falcon", DRILLS));
    store.putPolicy("edge", POLICY.formatted("edge", "edge", ""));
    world.fleet.add(machine(1, "Amazon Linux 2023"));
    world.fleet.add(machine(2, "Amazon Linux 2023"));
    world.fleet.add(machine(3, "Microsoft Windows Server 2022"));
  }

  private static Machine machine(int number, String system) {
    return new Machine(
        "i-0000000000000000" + number,
        "eu-west-1a",
        system,
        "m7g",
        "3.3",
        Map.of(),
        "vol-" + number,
        true,
        Set.of(),
        new Build("ami-1", "m7g.large", "uefi", "", "/dev/xvda"));
  }

  private JsonNode ask(String input) {
    JsonNode answer = Calls.call(function, input.replace('\'', '"'));
    assertEquals("answer", answer.fieldNames().next(), "the sentence comes first");
    return answer;
  }

  private String sentence(String input) {
    return ask(input).path("answer").asText();
  }

  private JsonNode run(JsonNode shown) {
    assertTrue(shown.path("toConfirm").isObject(), shown.toPrettyString());
    return ask(shown.path("toConfirm").toString());
  }

  private String begun() {
    return run(ask("{'action':'plan','machines':['" + MACHINE + "']}")).path("id").asText();
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "nonsense | input",
        "[] | input",
        "{'action':'drill'} | action",
        "{'id':'drill-1'} | action",
        "{'action':'plan','force':true} | force",
        "{'action':'status','id':7} | id",
        "{'action':'status','id':'nobody'} | id",
        "{'action':'plan','id':'drill-1'} | id",
        "{'action':'plan','product':'a b'} | product",
        "{'action':'plan','product':'nobody'} | product",
        "{'action':'plan','product':'edge'} | product",
        "{'action':'status','product':'edge'} | product",
        "{'action':'plan','machines':'i-00000000000000001'} | machines",
        "{'action':'plan','machines':[]} | machines",
        "{'action':'plan','machines':['mi-00000000000000001']} | machines[0]",
        "{'action':'plan','machines':['i-00000000000000001','i-09999999999999999']} | machines[1]",
        "{'action':'plan','classes':['Solaris / m7g / uefi / not encrypted']} | classes[0]",
        "{'action':'plan','classes':['x'],'machines':['i-00000000000000001']} | classes",
        "{'action':'status','machines':['i-00000000000000001']} | machines",
        "{'action':'run','machines':['i-00000000000000001']} | confirm",
        "{'action':'run','confirm':'yes'} | confirm",
        "{'action':'abandon','reason':'x'} | id",
        "{'action':'abandon','id':'drill-1'} | reason",
        "{'action':'abandon','id':'nobody','reason':'x'} | id",
        "{'action':'status','zone':'Mars/Olympus'} | zone"
      })
  void wrongInput_namesTheFieldAndChangesNothing(String input, String field) {
    Map<String, Operation<?, ?>> before = new HashMap<>(store.operations);
    JsonNode answer = ask(input);
    assertTrue(answer.path("answer").asText().startsWith("Nothing was changed"), input);
    assertEquals(field, answer.at("/problems/0/field").asText(), answer.toPrettyString());
    assertTrue(answer.path("usage").path("examples").size() > 3);
    assertEquals(before, store.operations);
    assertEquals(List.of(), clocks);
    assertTrue(store.journals.values().stream().allMatch(List::isEmpty));
  }

  @Test
  void tenThousandMachines_areRefusedByTheirField() {
    String ids =
        String.join(",", IntStream.range(0, 10_000).mapToObj("'i-%017x'"::formatted).toList());
    JsonNode answer = ask("{'action':'plan','machines':[" + ids + "]}");
    assertEquals("machines", answer.at("/problems/0/field").asText());
  }

  @Test
  void nothingAtAll_answersWithUsageThatCanBePasted() {
    for (String input : List.of("{}", "", "null")) {
      JsonNode answer = ask(input);
      assertTrue(answer.path("answer").asText().contains("paste one of the examples"), input);
      for (JsonNode example : answer.at("/usage/examples")) {
        for (JsonNode problem : ask(example.toString()).path("problems")) {
          assertTrue(
              List.of("machines[0]", "classes[0]", "id").contains(problem.path("field").asText()),
              "only what the example is about may be missing here: " + problem);
        }
      }
    }
  }

  @Test
  void planOfAMachine_saysFromWhatAndChangesNothing() {
    JsonNode plan = ask("{'action':'plan','machines':['" + MACHINE + "']}");
    assertEquals(
        "This would launch a clone, prove it and remove it, in about 30 min; no machine is touched"
            + " but by a snapshot. To do it, press Test again with what toConfirm shows.",
        plan.path("answer").asText());
    assertEquals(
        "snap-1 of 2026-11-03 00:10:00 UTC, 3 h ago", plan.at("/machines/0/restoredFrom").asText());
    assertEquals(LINUX, plan.at("/machines/0/standsFor").asText());
    assertEquals(Map.of(), store.operations);
    assertEquals(plan, ask("{'action':'plan','machines':['" + MACHINE + "']}"));
  }

  @Test
  void planOfWhatIsDue_takesOneMachineOfEachClass() {
    JsonNode plan = ask("{'action':'plan','product':'falcon'}");
    assertEquals(2, plan.path("machines").size(), plan.toPrettyString());
    assertEquals("a snapshot that is taken first", plan.at("/machines/1/restoredFrom").asText());
    passed(LINUX, MACHINE);
    passed(WINDOWS, "i-00000000000000003");
    assertEquals(
        "Nothing would be drilled: no class of falcon is due.",
        sentence("{'action':'plan','product':'falcon'}"));
  }

  @Test
  void confirmedPlan_beginsOneDrillHoweverOftenTestIsPressed() {
    JsonNode plan = ask("{'action':'plan','classes':['" + WINDOWS + "'],'by':'anna'}");
    JsonNode begun = run(plan);
    assertTrue(begun.path("answer").asText().startsWith("The drill has begun: "), begun.toString());
    String id = begun.path("id").asText();
    assertEquals(List.of(Head.Kind.DRILL + " " + id), clocks);
    now = NOW.plus(Duration.ofMinutes(10));
    assertTrue(run(plan).path("answer").asText().startsWith("This was begun already: "));
    assertEquals(1, store.operations.size());
    assertEquals(
        List.of("anna (request " + REQUEST + ")"),
        store.journal(id).stream().map(JournalEntry::by).toList());
  }

  @Test
  void changedWorldOrAnOldPlan_isShownAnew() {
    JsonNode plan = ask("{'action':'plan','machines':['" + MACHINE + "']}");
    now = NOW.plus(Duration.ofMinutes(21));
    String late = sentence(plan.path("toConfirm").toString());
    assertTrue(late.startsWith("Nothing was changed, because the world has"), late);
    now = NOW;
    world.fleet.set(0, machine(1, "Amazon Linux 2"));
    String changed = sentence(plan.path("toConfirm").toString());
    assertTrue(changed.startsWith("Nothing was changed, because the world has"), changed);
    assertEquals(Map.of(), store.operations);
  }

  @Test
  void fleetThatCannotBeRead_isSaid() {
    world.readable = false;
    String said = sentence("{'action':'plan','product':'falcon'}");
    assertTrue(said.contains("product has a fleet that could not be read now"), said);
  }

  @Test
  void statusOfAProduct_showsWhatIsProvenAndWhatIsNotFirst() {
    passed(LINUX, MACHINE);
    JsonNode status = ask("{'action':'status','product':'falcon'}");
    assertEquals(
        "falcon: 1 of 2 classes are proven within 7 days, which are 67 % of the machines; the"
            + " oldest proof is 120 min old.",
        status.path("answer").asText().replace("2 h", "120 min"));
    assertEquals(WINDOWS, status.at("/classes/0/class").asText());
    assertEquals("it was never drilled", status.at("/classes/0/notProven").asText());
    assertEquals("14 min", status.at("/classes/1/restoredIn").asText());
    assertFalse(status.at("/classes/1").has("notProven"));
  }

  @Test
  void statusOfADrill_tellsEachMachine() {
    String id = begun();
    assertTrue(sentence("{'action':'status'}").startsWith("1 drill is under way"), "while it runs");
    engine.beat(DrillCourse.FORM, id);
    JsonNode page = ask("{'action':'status','id':'" + id + "'}");
    assertEquals(
        id + " is RUNNING: of 1 machines 0 passed and 0 failed.", page.path("answer").asText());
    assertEquals("launching", page.at("/machines/0/is").asText(), page.toPrettyString());
    assertEquals("abandon", page.at("/youCan/1/action").asText());
  }

  @Test
  void abandoned_failsWhatHasNoVerdictAndRemovesIt() {
    String id = begun();
    engine.beat(DrillCourse.FORM, id);
    String abandon = "{'action':'abandon','id':'" + id + "','reason':'quota','by':'anna'}";
    JsonNode shown = ask(abandon);
    assertTrue(shown.path("answer").asText().startsWith("This would fail 1 machines"));
    assertEquals(shown, ask(abandon), "pressing Test twice shows the same");
    assertTrue(run(shown).path("answer").asText().startsWith("Its next beat, within a minute"));
    assertTrue(run(shown).path("answer").asText().startsWith("It is being abandoned already"));
    engine.beat(DrillCourse.FORM, id);
    JsonNode done = ask("{'action':'status','id':'" + id + "'}");
    assertEquals("removing", done.at("/machines/0/is").asText(), done.toPrettyString());
    assertEquals("anna (request " + REQUEST + "): quota", done.at("/machines/0/seen").asText());
    assertTrue(
        store.journal(id).stream()
            .anyMatch(one -> one.what().equals("confirmed to abandon the drill")));
    assertTrue(run(shown).path("answer").asText().startsWith("Nothing was changed"), "once more");
  }

  private void passed(String restoreClass, String machine) {
    Instant at = NOW.minus(Duration.ofHours(2));
    Verdict passed = new Verdict.Passed(Duration.ofMinutes(14), Duration.ofHours(9));
    store.prove(new DrillResult("drill-0", machine, restoreClass, at, passed));
  }
}
