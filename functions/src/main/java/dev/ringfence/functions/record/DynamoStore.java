package dev.ringfence.functions.record;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Proofs;
import dev.ringfence.operation.Request;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The store on one DynamoDB table; the package's comment has its layout.
 *
 * <p>What the SDK throws after its own retries passes through: then a write may have taken place or
 * not. An {@link IllegalStateException} is a bug or a table that somebody else wrote to, and its
 * message holds names and sizes but no content. Nothing is logged here.
 */
public final class DynamoStore implements Store {
  private final Reader reader;
  private final Operations operations;
  private final Journals journals;
  private final Lanes lanes;
  private final Custodies custodies;
  private final Registers registers;
  private final Recents recents;
  private final ProofRegister proofs;

  /** For a process that is never restored from a snapshot, and so keeps its name. */
  public DynamoStore(
      DynamoDbClient client,
      String table,
      String writer,
      Comparator<String> age,
      Pause pause,
      Units units) {
    this(client, table, () -> writer, age, pause, units);
  }

  /**
   * @param table the table's name
   * @param writer tells this process from all others that write to the table; two that share it
   *     could take each other's writes for their own
   * @param age orders versions, older ones first
   * @param pause waits between tries
   * @param units counts what the table charges
   */
  public DynamoStore(
      DynamoDbClient client,
      String table,
      Supplier<String> writer,
      Comparator<String> age,
      Pause pause,
      Units units) {
    Codec codec = new Codec();
    Memory memory = new Memory();
    MeteredTable metered = new MeteredTable(client, table, pause, units);
    this.reader = new Reader(metered, codec, memory);
    this.operations = new Operations(metered, codec, new Marks(table, writer), reader, memory);
    this.journals = new Journals(metered, codec);
    this.lanes = new Lanes(metered, age);
    this.custodies = new Custodies(metered);
    this.registers = new Registers(metered);
    this.recents = new Recents(metered);
    this.proofs = new ProofRegister(metered, codec);
  }

  @Override
  public <H extends Head, P extends Part> boolean create(
      Form<H, P> form, H head, List<P> parts, List<JournalEntry> journal) {
    return operations.create(
        form,
        head,
        parts,
        together -> {
          registers.watch(together, head.id(), head.alarms());
          recents.created(together, form.kind(), head.id());
          journals.append(together, head.id(), Operations.FIRST_VERSION, journal);
        });
  }

  @Override
  public <H extends Head, P extends Part> Optional<Operation<H, P>> load(
      Form<H, P> form, String id) {
    return reader.load(form, id);
  }

  @Override
  public <H extends Head, P extends Part> Operation<H, P> commit(
      Form<H, P> form,
      Operation<H, P> before,
      Operation<H, P> after,
      List<JournalEntry> journal,
      List<Claim> claims) {
    return operations.commit(
        form,
        before,
        after,
        together -> {
          journals.append(together, before.head().id(), before.version() + 1, journal);
          lanes.claim(together, claims);
          custodies.claim(together, claims);
        });
  }

  @Override
  public boolean ask(String id, Request request) {
    return operations.ask(id, request);
  }

  @Override
  public boolean isAt(String id, long version) {
    return reader.head(id).filter(head -> head.version() == version).isPresent();
  }

  @Override
  public Lane lane(Lane.Id id) {
    return lanes.read(id);
  }

  @Override
  public Map<String, Custody> custody(Set<String> machines) {
    return custodies.read(
        machines, holder -> reader.head(holder).filter(head -> !head.ended()).isPresent());
  }

  @Override
  public void announce(Lane.Id id, String version) {
    lanes.announce(id, version);
  }

  @Override
  public boolean lift(Lane.Id id, String version) {
    return lanes.lift(id, version);
  }

  @Override
  public <H extends Head, P extends Part> List<H> recent(Form<H, P> form) {
    return recents.of(form.kind()).stream()
        .flatMap(id -> reader.readHead(form, id).stream())
        .toList();
  }

  @Override
  public void ended(Head.Kind kind, String id, Instant at) {
    recents.ended(kind, id, at);
  }

  /** An operation that ended and was not taken off yet is left out by a look at its head. */
  @Override
  public List<String> watchersOf(String alarm) {
    return registers.watchersOf(alarm).stream()
        .filter(id -> reader.head(id).filter(head -> !head.ended()).isPresent())
        .toList();
  }

  @Override
  public void unwatch(String id, Set<String> alarms) {
    registers.unwatch(id, alarms);
  }

  @Override
  public void point(String id, int part, List<String> machines, Instant at) {
    registers.point(id, part, machines, at);
  }

  @Override
  public List<Pointer> pointersOf(String machine) {
    return registers.pointersOf(machine);
  }

  @Override
  public List<JournalEntry> journal(String id) {
    return journals.read(id);
  }

  @Override
  public void note(String id, JournalEntry entry) {
    journals.note(id, entry);
  }

  @Override
  public void prove(DrillResult result) {
    proofs.prove(result);
  }

  @Override
  public Proofs proofs() {
    return proofs.read();
  }

  @Override
  public List<String> products() {
    return registers.products();
  }

  @Override
  public Optional<String> policy(String product) {
    return registers.policy(product);
  }

  @Override
  public void putPolicy(String product, String json) {
    registers.putPolicy(product, json);
  }
}
