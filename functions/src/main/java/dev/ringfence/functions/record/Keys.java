package dev.ringfence.functions.record;

import dev.ringfence.contract.Tables;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Lane;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The keys of every item; the package's comment has the layout. */
final class Keys {
  static final String HEAD = "HEAD";
  static final String PART = "PART#";
  static final String JOURNAL = "JOURNAL#";
  static final String LANE = "LANE";
  static final String QUARANTINE = "QUARANTINE#";
  static final String POLICY = Tables.POLICY;
  static final String OPEN = "OPEN#";
  static final String ENDED = "ENDED#";
  static final String PRODUCTS = Tables.PRODUCTS;
  static final String HOLDER = "HOLDER";
  static final String RESTORED = "RESTORED#";
  static final String PROOFS = "PROOFS";

  /** Always of the same width, so that the order of the text is the order of time. */
  private static final DateTimeFormatter SORTABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Keys() {}

  static String operation(String id) {
    return "OP#" + id;
  }

  static String lane(Lane.Id id) {
    return "LANE#" + id.product() + "#" + id.channel().name();
  }

  static String machine(String id) {
    return "MACHINE#" + id;
  }

  static String custody(String machine) {
    return "CUSTODY#" + machine;
  }

  static String alarm(String name) {
    return "ALARM#" + name;
  }

  static String recent(Head.Kind kind) {
    return "RECENT#" + kind.name();
  }

  static String product(String product) {
    return Tables.product(product);
  }

  static String part(int number, String mark) {
    return "%s%05d#%s".formatted(PART, number, mark);
  }

  /**
   * @param part the key that the part was added under
   */
  static String delta(String part) {
    return part + "#DELTA";
  }

  /**
   * @param source the version of the commit that wrote it, or what else tells entries of the same
   *     instant apart
   * @param chunk counts the items that one source needs
   */
  static String journal(Instant at, String source, int chunk) {
    return "%s%s#%s#%03d".formatted(JOURNAL, SORTABLE.format(at), source, chunk);
  }

  static String version(long version) {
    return "%012d".formatted(version);
  }

  /** Sorts as time does. */
  static String sortable(Instant at) {
    return SORTABLE.format(at);
  }

  static String pointer(Instant at, String operation) {
    return SORTABLE.format(at) + "#" + operation;
  }
}
