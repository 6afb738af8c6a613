package dev.ringfence.functions.record;

import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Part;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the types of the brain that are stored, so that a new one is not forgotten. */
final class Stored {
  /** Rooms whose types are stored; one that does not exist yet holds none. */
  private static final List<String> ROOMS = List.of("operation", "rollout", "restore", "drill");

  private Stored() {}

  /** A claim is stored by what it does to its item, never as itself. */
  static List<Class<?>> sealedInterfaces() {
    return classes().stream()
        .filter(SealedTypes::isSealed)
        .filter(type -> type != Claim.class)
        .<Class<?>>map(c -> c)
        .toList();
  }

  /** Every kind of head and part. */
  static List<Class<?>> headsAndParts() {
    return classes().stream()
        .filter(Class::isRecord)
        .filter(c -> Head.class.isAssignableFrom(c) || Part.class.isAssignableFrom(c))
        .<Class<?>>map(c -> c)
        .toList();
  }

  private static List<Class<?>> classes() {
    try {
      URI place = Effect.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      if (!place.getPath().endsWith(".jar")) {
        return classes(Path.of(place));
      }
      try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place), Map.of())) {
        return classes(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError("the brain's classes could not be listed", e);
    }
  }

  private static List<Class<?>> classes(Path root) throws IOException {
    List<Class<?>> found = new ArrayList<>();
    for (String room : ROOMS) {
      Path folder = root.resolve("dev/ringfence/" + room);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .map(file -> root.relativize(file).toString())
              .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
              .forEach(file -> found.add(load(file)));
        }
      }
    }
    return found;
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      return Class.forName(name, false, Stored.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }
}
