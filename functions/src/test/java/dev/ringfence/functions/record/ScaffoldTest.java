package dev.ringfence.functions.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Lane;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.Rollout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Adler32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What was stored once must be readable for good. */
final class ScaffoldTest {
  private static final Lane.Id LANE = new Lane.Id("agent", Channel.CONTENT);
  private final Codec codec = new Codec();

  /** A scaffold that has to be changed is a second one, beside the first. */
  @Test
  void scaffold_isFrozen() {
    Adler32 checksum = new Adler32();
    checksum.update(Scaffold.bytes());
    assertEquals("9290d45d", Long.toHexString(checksum.getValue()));
  }

  @Test
  void bodyThatWasStoredWithTheFirstScaffold_isReadable() {
    byte[] stored = HexFormat.of().parseHex("78f99290d45d436e1524a643662130abfd5a0009000cad");
    assertEquals(LANE, codec.unpack(Lane.Id.class, stored));
  }

  @Test
  void bodyThatWasStoredBeforeThereWasAScaffold_isReadable() throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
      gzip.write(codec.bytes(Lane.Id.class, LANE));
    }
    assertEquals(LANE, codec.unpack(Lane.Id.class, stored.toByteArray()));
  }

  @Test
  void bodyOfAnotherDictionaryOrCutShort_isRefused() {
    byte[] json = codec.bytes(Lane.Id.class, LANE);
    byte[] other = Packed.deflate(json, "another".getBytes(StandardCharsets.UTF_8));
    assertThrows(UncheckedIOException.class, () -> codec.unpack(Lane.Id.class, other));
    byte[] whole = codec.pack(Lane.Id.class, LANE);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThrows(UncheckedIOException.class, () -> codec.unpack(Lane.Id.class, half));
    assertThrows(UncheckedIOException.class, () -> codec.unpack(Lane.Id.class, new byte[0]));
  }

  @Test
  void headFullOfNames_shrinksToAQuarter() {
    Rollout sample = (Rollout) new Samples(false).of(Rollout.class);
    int json = codec.bytes(Rollout.class, sample).length;
    int packed = codec.pack(Rollout.class, sample).length;
    assertTrue(json > 4 * packed, () -> json + " bytes became " + packed);
  }
}
