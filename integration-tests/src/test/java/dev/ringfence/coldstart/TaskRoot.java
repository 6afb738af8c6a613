package dev.ringfence.coldstart;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Lambda's {@code /var/task}: a function's jar with all that it needs, unpacked, which is how
 * Lambda keeps a jar that was uploaded.
 */
final class TaskRoot {
  /** Several jars may have one of these, and their lines belong together. */
  private static final String APPENDED =
      "META-INF/services/.+|META-INF/spring/.+|META-INF/spring\\.factories";

  /** Of no use in one big jar: signatures, and module descriptors that contradict each other. */
  private static final String LEFT_OUT =
      "META-INF/[^/]+\\.(SF|DSA|RSA|MF)|(.+/)?module-info\\.class|META-INF/maven/.+";

  private TaskRoot() {}

  /** Unpacks jars and folders over each other; of a file that two have, the first is kept. */
  static Path unpack(List<Path> sources, Path into) throws IOException {
    Files.createDirectories(into);
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        copy(source, into);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(source)) {
          copy(jar.getPath("/"), into);
        }
      }
    }
    return into;
  }

  private static void copy(Path from, Path into) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = from.relativize(file).toString().replace('\\', '/');
        if (!name.matches(LEFT_OUT)) {
          copy(file, name, into.resolve(name));
        }
      }
    }
  }

  private static void copy(Path file, String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    if (!Files.exists(to)) {
      Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
    } else if (name.matches(APPENDED)) {
      Files.writeString(to, "\n" + Files.readString(file), StandardOpenOption.APPEND);
    }
  }

  /** How many bytes the folder would be as an uploaded zip. */
  static long zippedBytes(Path root) throws IOException {
    AtomicLong bytes = new AtomicLong();
    try (ZipOutputStream zip = new ZipOutputStream(counting(bytes));
        Stream<Path> files = Files.walk(root)) {
      files.filter(Files::isRegularFile).forEach(file -> add(zip, root, file));
    }
    return bytes.get();
  }

  private static void add(ZipOutputStream zip, Path root, Path file) {
    try {
      zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
      Files.copy(file, zip);
      zip.closeEntry();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static OutputStream counting(AtomicLong bytes) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        bytes.incrementAndGet();
      }

      @Override
      public void write(byte[] many, int from, int length) {
        bytes.addAndGet(length);
      }
    };
  }
}
