package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.infra.RingfenceProps;
import dev.ringfence.infra.Synth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What {@code cdk synth} writes for the cell: its template, and the files that a deployment puts
 * into the bootstrap's bucket before.
 */
record Assembly(JsonNode template, Map<String, Path> assets) {
  /** As {@code mvn verify} has made it when this module's turn comes. */
  private static final Optional<Path> FUNCTIONS = functions();

  static Assembly of(UnaryOperator<RingfenceProps.Builder> change) {
    Path written = Synth.assembly(FUNCTIONS.orElseThrow(), change);
    Map<String, Path> assets = new TreeMap<>();
    for (JsonNode file : read(written.resolve("Ringfence.assets.json")).path("files")) {
      Path source = written.resolve(file.at("/source/path").asText());
      for (JsonNode destination : file.path("destinations")) {
        assets.put(destination.path("objectKey").asText(), source);
      }
    }
    return new Assembly(read(written.resolve("Ringfence.template.json")), assets);
  }

  static boolean hasFunctions() {
    return FUNCTIONS.isPresent();
  }

  private static Optional<Path> functions() {
    Path built = Path.of("..", "functions", "target");
    if (!Files.isDirectory(built)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(built)) {
      return files.filter(file -> file.toString().endsWith("-lambda.jar")).findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return Shapes.parsed(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A file as it is, and a folder as one archive. */
  static byte[] bytes(Path asset) {
    try {
      return Files.isDirectory(asset) ? zip(asset) : Files.readAllBytes(asset);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }
}
