package dev.ringfence.layering;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules that hold for many rooms at once. */
final class Laws {
  /** The one room that hands out clocks, waits and ids; everybody else is given them. */
  static final String WIRING = "functions.wiring";

  /** AWS calls the service so, and the class plays that service. */
  private static final Set<String> NAMES_OF_OTHERS = Set.of("SystemsManager");

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Utils?|Utilities|Helpers?|Impl)");

  private static final Pattern CLOCK_OR_CHANCE =
      Pattern.compile(
          String.join(
              "|",
              "java\\.time\\.\\w+\\.now",
              "java\\.time\\.(Clock|InstantSource)\\.(system\\w*|tick\\w*)",
              "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)",
              "java\\.lang\\.Thread\\.sleep",
              "java\\.lang\\.Math\\.random",
              "java\\.util\\.UUID\\.randomUUID",
              "java\\.util\\.concurrent\\.TimeUnit\\.sleep",
              "java\\.util\\.concurrent\\.ThreadLocalRandom\\.current",
              "java\\.security\\.SecureRandom\\.<init>"));

  private Laws() {}

  /** Time, waits and chance come in as arguments, so that a test or a lab can give them. */
  static ArchRule nobodyReadsTheClock(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .and()
        .resideOutsideOfPackage(base + "." + WIRING + "..")
        .should(notCall(CLOCK_OR_CHANCE))
        .as("nobody but wiring reads a clock, sleeps or draws an id");
  }

  /** A class whose name says nothing gathers whatever has no better place. */
  static ArchRule namesSaySomething(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should(haveATellingName())
        .as("no class is called a manager, a utility, a helper or an implementation");
  }

  /**
   * What plays AWS must not know what is tested on it: it could otherwise agree with a mistake of
   * ours instead of showing it.
   */
  static ArchRule theCloudKnowsNobody(String base) {
    return noClasses()
        .that()
        .resideInAnyPackage(base + ".lab.cloud..", base + ".lab.wire..", base + ".lab.time..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Rooms.SHARED.stream().map(room -> base + "." + room.name()).toArray(String[]::new))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(base + ".functions..")
        .as("the simulated cloud knows nothing of the control plane");
  }

  private static ArchCondition<JavaClass> notCall(Pattern forbidden) {
    return new ArchCondition<>("not call " + forbidden) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaAccess<?> access : item.getAccessesFromSelf()) {
          String target =
              access.getTargetOwner().getFullName() + "." + access.getTarget().getName();
          if (forbidden.matcher(target).matches() && !isOwnParent(item, access)) {
            events.add(SimpleConditionEvent.violated(item, access.getDescription()));
          }
        }
      }
    };
  }

  /** Who extends a source of chance does so in order to replace it. */
  private static boolean isOwnParent(JavaClass item, JavaAccess<?> access) {
    return item.getRawSuperclass()
        .filter(parent -> parent.getFullName().equals(access.getTargetOwner().getFullName()))
        .isPresent();
  }

  private static ArchCondition<JavaClass> haveATellingName() {
    return new ArchCondition<>("have a telling name") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        String name = item.getSimpleName();
        if (EMPTY_NAME.matcher(name).matches() && !NAMES_OF_OTHERS.contains(name)) {
          events.add(SimpleConditionEvent.violated(item, item.getFullName() + " says nothing"));
        }
      }
    };
  }
}
