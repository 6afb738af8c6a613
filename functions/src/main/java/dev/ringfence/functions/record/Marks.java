package dev.ringfence.functions.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Names each write for good, so that whoever wrote it knows it again. Two beats that decide the
 * very same thing at the same version still have different marks: only one of them may act on it.
 */
final class Marks {
  /** 144 bits, so that nobody meets his own mark by chance; 24 characters of a token's 36. */
  private static final int BYTES = 18;

  private final String table;
  private final Supplier<String> writer;
  private final AtomicLong writes = new AtomicLong();

  /**
   * @param table part of the name because DynamoDB knows a token in all tables of an account
   * @param writer tells this process from all others that write to the table; asked for each write,
   *     since a process that is restored from a snapshot must have another one than the snapshot
   */
  Marks(String table, Supplier<String> writer) {
    this.table = table;
    this.writer = writer;
  }

  String next(String id, long version) {
    String name =
        "%s\n%s\n%d\n%s\n%d".formatted(table, writer.get(), writes.incrementAndGet(), id, version);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(sha256(name), BYTES));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
