package dev.ringfence.layering;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A package of the product and what it may lean on.
 *
 * @param name without the product's own prefix; packages below it are rooms of their own
 * @param rooms the other rooms that it may use
 * @param libraries packages of libraries, in ArchUnit's notation; the JDK and the annotations for
 *     nullness are everybody's
 */
record Room(String name, Set<String> rooms, Set<String> libraries) {
  /** The packages that every room may use. */
  private static final Set<String> EVERYBODYS = Set.of("java..", "org.jspecify..");

  static Room pure(String name, String... rooms) {
    return new Room(name, Set.of(rooms), Set.of());
  }

  Room with(String... more) {
    return new Room(name, rooms, Set.of(more));
  }

  /** The rule that keeps this room in its place; it fails when the room holds no class. */
  ArchRule rule(String base) {
    String[] allowed =
        Stream.of(
                Stream.of(base + "." + name),
                rooms.stream().map(room -> base + "." + room),
                libraries.stream(),
                EVERYBODYS.stream())
            .flatMap(each -> each)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(base + "." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .as("the room " + name + " uses only " + rooms + " and " + libraries);
  }
}
