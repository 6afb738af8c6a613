package dev.ringfence.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where restore points and replaced roots are kept until the day on their tags. */
public interface Attic {
  /**
   * All that this cell or another one of the account keeps, expired or not.
   *
   * @throws RuntimeException when it could not all be read; then nothing is known of what is newest
   */
  List<Kept> all();

  /** Removes one of them, unless AWS refuses. Doing it twice is harmless. */
  Removal remove(Kept one);

  /**
   * Takes the day off a volume, so that it is kept for good; another day, written on it since it
   * was read, stays. Doing it twice is harmless.
   */
  Removal removeDay(Kept one);

  /** What kind of thing. */
  enum Kind {
    SNAPSHOT,
    VOLUME
  }

  /** Whether it may be had, or removed, right now. */
  enum State {
    /** A completed snapshot in the standard tier, or a volume that nobody uses. */
    AT_HAND,
    /** A snapshot that is still being taken, or a volume in the making. */
    UNFINISHED,
    /** A volume that belongs to a machine; it may be detached again at any time. */
    ATTACHED,
    /** Somebody moved it to the archive tier. */
    ARCHIVED,
    /** It failed and is of no use to anybody. */
    BROKEN
  }

  /**
   * One thing.
   *
   * @param set the key of the effect that made it with others at the same instant; its own id when
   *     there is none
   * @param product because of which it was made; empty when its tag is gone
   * @param machine of which it was made; empty when its tag is gone
   * @param day until when it is kept, as its tag says
   */
  record Kept(
      Kind kind,
      String id,
      String set,
      String product,
      String machine,
      Instant madeAt,
      String day,
      State state) {
    /** Null for a day that somebody wrote by hand and that is no instant. */
    @Nullable Instant expires() {
      try {
        return Instant.parse(day);
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
  }

  /** What came of removing a thing, or its day. */
  sealed interface Removal {
    /** It is gone. */
    record Gone() implements Removal {}

    /** AWS keeps it: it is locked, it was attached meanwhile, or an image is made of it. */
    record Refused(String why) implements Removal {}

    /** Nobody knows, or it was not tried: the next run finds out. */
    record PutOff(String why) implements Removal {}
  }
}
