package dev.ringfence.functions.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Outcome;
import dev.ringfence.release.Channel;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CodecTest {
  private static final Instant MOMENT = Instant.parse("2026-11-01T08:00:00Z");
  private static final Lane.Id LANE = new Lane.Id("agent", Channel.CONTENT);
  private final Codec codec = new Codec();

  static Stream<Class<?>> everySealedInterface() {
    return Stored.sealedInterfaces().stream();
  }

  static Stream<Class<?>> everyHeadAndPart() {
    return Stream.concat(Stored.headsAndParts().stream(), Stream.of(JournalEntry.class));
  }

  /** Holds the search itself: a search that finds nothing would let everything pass. */
  @Test
  void sealedInterfaces_areFound() {
    assertTrue(
        Stored.sealedInterfaces()
            .containsAll(List.of(Effect.class, Outcome.class, LaneClaim.class)));
  }

  @ParameterizedTest
  @MethodSource("everySealedInterface")
  <T> void everyRecordOfASealedInterface_comesBackAsItWas(Class<T> sealed) {
    for (Class<?> record : SealedTypes.records(sealed)) {
      comesBack(sealed, sealed.cast(new Samples(false).of(record)));
      comesBack(sealed, sealed.cast(new Samples(true).of(record)));
    }
  }

  @ParameterizedTest
  @MethodSource("everyHeadAndPart")
  <T> void everyHeadAndPart_comesBackAsItWas(Class<T> type) {
    comesBack(type, type.cast(new Samples(false).of(type)));
    comesBack(type, type.cast(new Samples(true).of(type)));
  }

  private <T> void comesBack(Class<T> type, T value) {
    assertEquals(value, codec.read(type, codec.write(type, value)));
    assertEquals(value, codec.unpack(type, codec.pack(type, value)));
    assertEquals(
        List.of(value, value), codec.readList(type, codec.writeList(type, List.of(value, value))));
  }

  @Test
  void sealedValue_tellsItsRecordAndLeavesNullsOut() {
    assertEquals(
        "{\"type\":\"GiveBack\",\"lane\":{\"product\":\"agent\",\"channel\":\"CONTENT\"},"
            + "\"holder\":\"r1\"}",
        codec.write(LaneClaim.class, new LaneClaim.GiveBack(LANE, "r1", null)));
  }

  @Test
  void whatTheRecordDoesNotKnow_isRefused() {
    assertThrows(
        UncheckedIOException.class,
        () -> codec.read(Lane.Id.class, "{\"product\":\"a\",\"channel\":\"CONTENT\",\"x\":1}"));
    assertThrows(
        UncheckedIOException.class,
        () -> codec.read(LaneClaim.class, "{\"type\":\"Steal\",\"holder\":\"r1\"}"));
    assertThrows(
        UncheckedIOException.class, () -> codec.read(LaneClaim.class, "{\"holder\":\"r1\"}"));
  }

  @Test
  void whatTheRecordCannotDoWithout_isRefused() {
    assertThrows(
        UncheckedIOException.class, () -> codec.read(Lane.Id.class, "{\"product\":\"a\"}"));
    assertThrows(UncheckedIOException.class, () -> codec.read(Flag.class, "{}"));
  }

  record Flag(boolean up, int number) {}

  /** Methods that look like properties are none. */
  record Asked(String name, @Nullable Instant at) {
    boolean isFinal() {
      return true;
    }

    String getShout() {
      return name + "!";
    }
  }

  @Test
  void methods_areNotStored() {
    Asked asked = new Asked("x", MOMENT);
    assertTrue(asked.isFinal() && asked.getShout().equals("x!"));
    assertEquals(
        "{\"name\":\"x\",\"at\":\"2026-11-01T08:00:00Z\"}", codec.write(Asked.class, asked));
    comesBack(Asked.class, asked);
  }
}
