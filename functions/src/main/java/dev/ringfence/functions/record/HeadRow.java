package dev.ringfence.functions.record;

import dev.ringfence.operation.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/**
 * The head of an operation.
 *
 * @param version counts every write, requests included
 * @param ended whether the phase is final
 * @param mark which write this is, so that a writer whose answer was lost finds out that it was its
 *     own
 * @param committed the version of the last commit, which no request counts up
 * @param touched numbers of the parts that the last commit wrote: with {@code committed} it tells a
 *     reader whether it saw all of that commit or half of it
 * @param layout which part items are meant
 */
record HeadRow(
    String id,
    String kind,
    String phase,
    long version,
    boolean ended,
    SdkBytes body,
    @Nullable Request request,
    String mark,
    long committed,
    List<Integer> touched,
    Layout layout) {

  static final String ID = "id";
  static final String VERSION = "version";
  static final String ENDED = "ended";
  private static final Class<HeadRow> ROW = HeadRow.class;

  /** The whole head. */
  static final TableSchema<HeadRow> WHOLE =
      everyCommit()
          .addAttribute(
              Integer.class,
              a ->
                  a.name("partCount")
                      .getter(row -> row.layout().count())
                      .setter((draft, v) -> draft.set("partCount", v)))
          .addAttribute(
              EnhancedType.listOf(String.class),
              a ->
                  a.name("generations")
                      .getter(row -> row.layout().generations())
                      .setter((draft, v) -> draft.set("generations", v)))
          .build();

  /** What a commit without new parts writes: which part items are meant stays as it is. */
  static final TableSchema<HeadRow> COMMIT = everyCommit().build();

  HeadRow {
    touched = List.copyOf(touched);
  }

  /**
   * Which part items are meant: each write that added parts has its own mark in their keys.
   *
   * @param generations {@code <first number>@<mark>}, in order
   */
  record Layout(int count, List<String> generations) {
    static final Layout NONE = new Layout(0, List.of());

    Layout {
      generations = List.copyOf(generations);
    }

    Layout plus(int added, String mark) {
      if (added == 0) {
        return this;
      }
      List<String> all = new ArrayList<>(generations);
      all.add(count + "@" + mark);
      return new Layout(count + added, all);
    }

    /** The sort keys of the parts, in order of their numbers. */
    List<String> keys() {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < generations.size(); i++) {
        int end = i + 1 < generations.size() ? from(i + 1) : count;
        String mark = generations.get(i).substring(generations.get(i).indexOf('@') + 1);
        for (int number = from(i); number < end; number++) {
          keys.add(Keys.part(number, mark));
        }
      }
      return keys;
    }

    private int from(int generation) {
      String text = generations.get(generation);
      return Integer.parseInt(text.substring(0, text.indexOf('@')));
    }
  }

  private static StaticImmutableTableSchema.Builder<HeadRow, Draft> everyCommit() {
    return RequestColumns.add(
            Draft.schema(ROW, HeadRow::read, row -> Keys.operation(row.id()), row -> Keys.HEAD),
            ROW,
            HeadRow::request)
        .addAttribute(Draft.column(ROW, ID, HeadRow::id))
        .addAttribute(Draft.column(ROW, "kind", HeadRow::kind))
        .addAttribute(Draft.column(ROW, "phase", HeadRow::phase))
        .addAttribute(Draft.column(ROW, VERSION, EnhancedType.of(Long.class), HeadRow::version))
        .addAttribute(Draft.column(ROW, ENDED, EnhancedType.of(Boolean.class), HeadRow::ended))
        .addAttribute(Draft.column(ROW, "body", EnhancedType.of(SdkBytes.class), HeadRow::body))
        .addAttribute(Draft.column(ROW, "mark", HeadRow::mark))
        .addAttribute(
            Draft.column(ROW, "committed", EnhancedType.of(Long.class), HeadRow::committed))
        .addAttribute(
            Draft.column(ROW, "touched", EnhancedType.listOf(Integer.class), HeadRow::touched));
  }

  private static HeadRow read(Draft draft) {
    return new HeadRow(
        draft.need(ID, String.class),
        draft.need("kind", String.class),
        draft.need("phase", String.class),
        draft.need(VERSION, Long.class),
        draft.need(ENDED, Boolean.class),
        draft.need("body", SdkBytes.class),
        RequestColumns.read(draft),
        draft.need("mark", String.class),
        draft.need("committed", Long.class),
        draft.numbers("touched"),
        new Layout(draft.need("partCount", Integer.class), draft.texts("generations")));
  }

  /** What somebody else than the operation's own beat may write: a request, and nothing else. */
  record Ask(String id, @Nullable Request request) {
    static final TableSchema<Ask> SCHEMA =
        RequestColumns.add(
                Draft.schema(
                    Ask.class,
                    draft -> new Ask(draft.need(ID, String.class), RequestColumns.read(draft)),
                    ask -> Keys.operation(ask.id()),
                    ask -> Keys.HEAD),
                Ask.class,
                Ask::request)
            .addAttribute(
                Long.class,
                a ->
                    a.name(VERSION)
                        .getter(ask -> null)
                        .setter((draft, v) -> draft.set(VERSION, v))
                        .tags(StaticAttributeTags.atomicCounter()))
            .build();
  }
}
