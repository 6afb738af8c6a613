package dev.ringfence.functions.record;

import dev.ringfence.functions.record.MeteredTable.Reading;
import dev.ringfence.operation.JournalEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/** The append-only record of each operation. */
final class Journals {
  /** Entries of one commit that need more than this go into several items, of 400 KB at most. */
  private static final int CHUNK_BYTES = 256 * 1024;

  /** Enough of a digest to tell apart what is noted at the same instant. */
  private static final int NOTE_NAME_CHARS = 12;

  private final MeteredTable table;
  private final Codec codec;
  private final DynamoDbTable<TextRow> rows;

  Journals(MeteredTable table, Codec codec) {
    this.table = table;
    this.codec = codec;
    this.rows = table.of(TextRow.SCHEMA);
  }

  /** Puts a commit's entries beside its head. */
  void append(Together together, String id, long version, List<JournalEntry> entries) {
    for (TextRow row : rows(id, Keys.version(version), entries)) {
      Limits.fits(id + "'s journal", Limits.bytes(Objects.requireNonNull(row.body())));
      together.put(rows, row, Conditions.absent());
    }
  }

  /** Notes one entry; noting it again changes nothing, since its key is made of its content. */
  void note(String id, JournalEntry entry) {
    String body = codec.writeList(JournalEntry.class, List.of(entry));
    Limits.fits("a note to " + id, Limits.bytes(body));
    String name =
        Base64.getUrlEncoder().encodeToString(Marks.sha256(body)).substring(0, NOTE_NAME_CHARS);
    table.put(
        rows,
        new TextRow(Keys.operation(id), Keys.journal(entry.at(), name, 0), body),
        Conditions.absent());
  }

  /** Oldest first; entries of one instant in the order in which they were committed. */
  List<JournalEntry> read(String id) {
    return table.query(rows, Keys.operation(id), Keys.JOURNAL, Reading.EVENTUAL).stream()
        .map(row -> Objects.requireNonNull(row.body()))
        .flatMap(body -> codec.readList(JournalEntry.class, body).stream())
        .sorted(Comparator.comparing(JournalEntry::at))
        .toList();
  }

  private List<TextRow> rows(String id, String source, List<JournalEntry> entries) {
    List<TextRow> made = new ArrayList<>();
    List<JournalEntry> chunk = new ArrayList<>();
    int bytes = 0;
    for (JournalEntry entry : entries) {
      int more = Limits.bytes(codec.write(JournalEntry.class, entry));
      if (!chunk.isEmpty() && bytes + more > CHUNK_BYTES) {
        made.add(row(id, source, made.size(), chunk));
        chunk.clear();
        bytes = 0;
      }
      chunk.add(entry);
      bytes += more;
    }
    if (!chunk.isEmpty()) {
      made.add(row(id, source, made.size(), chunk));
    }
    return made;
  }

  private TextRow row(String id, String source, int number, List<JournalEntry> chunk) {
    return new TextRow(
        Keys.operation(id),
        Keys.journal(chunk.getFirst().at(), source, number),
        codec.writeList(JournalEntry.class, chunk));
  }
}
