package dev.ringfence.functions.record;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.ImmutableAttribute;

/**
 * The lane itself, or one version that is quarantined in it.
 *
 * @param banned the quarantined version; null on the lane itself, as are what it is made of and the
 *     reason
 */
record LaneRow(
    String pk,
    String sk,
    @Nullable String holder,
    @Nullable String newest,
    @Nullable String installed,
    @Nullable String banned,
    @Nullable String artifact,
    @Nullable String reason) {

  static final String HOLDER = "holder";
  static final String NEWEST = "newest";
  static final String INSTALLED = "installed";
  private static final String BANNED = "banned";
  private static final String ARTIFACT = "artifact";
  private static final String REASON = "reason";

  private static final List<ImmutableAttribute<LaneRow, Draft, String>> COLUMNS =
      List.of(
          Draft.column(LaneRow.class, HOLDER, LaneRow::holder),
          Draft.column(LaneRow.class, NEWEST, LaneRow::newest),
          Draft.column(LaneRow.class, INSTALLED, LaneRow::installed),
          Draft.column(LaneRow.class, BANNED, LaneRow::banned),
          Draft.column(LaneRow.class, ARTIFACT, LaneRow::artifact),
          Draft.column(LaneRow.class, REASON, LaneRow::reason));

  /** Every attribute. */
  static final TableSchema<LaneRow> WHOLE =
      only(HOLDER, NEWEST, INSTALLED, BANNED, ARTIFACT, REASON);

  /** A schema that knows only some attributes, so that an update leaves the others alone. */
  static TableSchema<LaneRow> only(String... names) {
    List<String> wanted = Arrays.asList(names);
    var schema = Draft.schema(LaneRow.class, LaneRow::read, LaneRow::pk, LaneRow::sk);
    COLUMNS.stream().filter(column -> wanted.contains(column.name())).forEach(schema::addAttribute);
    return schema.build();
  }

  static LaneRow lane(
      String pk, @Nullable String holder, @Nullable String newest, @Nullable String installed) {
    return new LaneRow(pk, Keys.LANE, holder, newest, installed, null, null, null);
  }

  static LaneRow quarantine(String pk, String version, String artifact, String reason) {
    return new LaneRow(pk, Keys.QUARANTINE + version, null, null, null, version, artifact, reason);
  }

  private static LaneRow read(Draft draft) {
    return new LaneRow(
        draft.pk(),
        draft.sk(),
        draft.text(HOLDER),
        draft.text(NEWEST),
        draft.text(INSTALLED),
        draft.text(BANNED),
        draft.text(ARTIFACT),
        draft.text(REASON));
  }
}
