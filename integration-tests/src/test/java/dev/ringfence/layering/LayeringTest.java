package dev.ringfence.layering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.ringfence.layering.wrong.rollout.ReadsTheClock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rooms keep to themselves. Each law is also shown code that breaks it, and must say so. */
class LayeringTest {
  private static final String PRODUCT = "dev.ringfence";
  private static final String WRONG = "dev.ringfence.layering.wrong";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(PRODUCT);

  private static final JavaClasses WRONG_CODE = new ClassFileImporter().importPackages(WRONG);

  static Stream<Room> rooms() {
    return Stream.concat(Rooms.SHARED.stream(), Rooms.FUNCTIONS.stream());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyWhatItMay(Room room) {
    room.rule(PRODUCT).check(CODE);
  }

  @Test
  void dataFlowsDownTheListOfRooms() {
    Set<String> above = new TreeSet<>();
    for (Room room : rooms().toList()) {
      assertTrue(above.containsAll(room.rooms()), room.name() + " uses a room below it");
      above.add(room.name());
    }
  }

  /** A package that nobody listed would be under no rule at all. */
  @Test
  void everyPackageOfSharedAndFunctionsIsARoom() {
    Set<String> listed =
        rooms().map(room -> PRODUCT + "." + room.name()).collect(Collectors.toSet());
    Set<String> unlisted =
        CODE.stream()
            .filter(each -> !each.getPackageName().startsWith(PRODUCT + ".lab"))
            .map(each -> each.getPackage())
            .map(JavaPackage::getName)
            .filter(each -> !listed.contains(each))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unlisted);
  }

  @Test
  void nobodyButWiringReadsAClock() {
    Laws.nobodyReadsTheClock(PRODUCT).check(CODE);
  }

  @Test
  void namesSaySomething() {
    Laws.namesSaySomething(PRODUCT).check(CODE);
  }

  @Test
  void theSimulatedCloudKnowsNothingOfTheControlPlane() {
    Laws.theCloudKnowsNobody(PRODUCT).check(CODE);
  }

  @Test
  void aRolloutThatUsesARestore_isTold() {
    assertTold(room("rollout").rule(WRONG), "UsesARestore");
  }

  @Test
  void aBrainThatLogsCallsAwsOrIsAFunction_isTold() {
    assertTold(
        room("rollout").rule(WRONG), "Logs", "CallsAws", "IsInjected", "IsAFunction", "WritesJson");
  }

  @Test
  void aRoomThatIsNotThere_isTold() {
    ArchRule rule = Room.pure("console").rule(WRONG);
    assertThrows(AssertionError.class, () -> rule.check(WRONG_CODE));
  }

  @Test
  void readingAClock_isTold() {
    EvaluationResult result = Laws.nobodyReadsTheClock(WRONG).evaluate(WRONG_CODE);
    List<String> told = result.getFailureReport().getDetails();
    List<String> ways =
        Stream.of(ReadsTheClock.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .map(method -> "ReadsTheClock." + method.getName() + "(")
            .toList();
    assertFalse(ways.isEmpty());
    for (String way : ways) {
      assertTrue(told.stream().anyMatch(line -> line.contains(way)), way + " not in " + told);
    }
    assertEquals(ways.size(), told.size(), told.toString());
  }

  @Test
  void namesThatSayNothing_areTold() {
    assertTold(Laws.namesSaySomething(WRONG), "PlanManager", "PlanUtil", "PlanHelper", "PlanImpl");
  }

  @Test
  void aCloudThatKnowsTheControlPlane_isTold() {
    assertTold(Laws.theCloudKnowsNobody(WRONG), "KnowsTheBrain");
  }

  private static Room room(String name) {
    return rooms().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertTold(ArchRule rule, String... classes) {
    String told = rule.evaluate(WRONG_CODE).getFailureReport().toString();
    for (String each : classes) {
      assertTrue(told.contains(each), each + " is not in: " + told);
    }
    assertFalse(told.contains("KeepsTheRules"), told);
  }
}
