package dev.ringfence.lab.judge;

import dev.ringfence.engine.ReleaseIntake.Answer;
import dev.ringfence.engine.Store;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Writes down what happens during a run, for {@link Promises}. It must be the first tap of the wire
 * and sit directly on the store, so that it sees what took effect and not what callers heard of it.
 */
public final class CaseFile implements WireTap {
  private static final String KEY_TAG = "ringfence:key";

  private final SimulatedCloud cloud;
  private final List<Observed> observed = new ArrayList<>();
  private final IdentityHashMap<WireCall, Long> begun = new IdentityHashMap<>();
  private long order;
  private long writes;

  public CaseFile(SimulatedCloud cloud) {
    this.cloud = cloud;
  }

  /** The store with its writes on file. */
  public Store recording(Store store) {
    return new RecordedStore(store, this);
  }

  /**
   * Lets the control plane take an event in, with its answer on file.
   *
   * @param intake what takes the event
   */
  public Answer publish(Function<String, Answer> intake, String event) {
    long before = writes;
    Answer answer = intake.apply(event);
    List<String> fields =
        switch (answer) {
          case Answer.Started s -> List.of();
          case Answer.Refused refused ->
              refused.problems().stream().map(problem -> problem.field()).toList();
        };
    boolean isRefused = answer instanceof Answer.Refused;
    add(new Observed.TakenIn(next(), now(), event, isRefused, fields, writes - before));
    return answer;
  }

  @Override
  public void before(WireCall call) {
    begun.put(call, next());
  }

  @Override
  public void refused(WireCall call, AwsFault fault) {
    begun.remove(call);
  }

  @Override
  public void after(WireCall call) {
    Long since = begun.remove(call);
    long began = since == null ? order : since;
    call.request(SendCommandRequest.class).ifPresent(request -> sent(request, began));
    call.request(CancelCommandRequest.class)
        .ifPresent(request -> add(new Observed.Cancelled(next(), now(), request.commandId())));
    call.request(CreateSnapshotsRequest.class).ifPresent(this::secured);
    call.request(RunInstancesRequest.class)
        .ifPresent(request -> add(new Observed.Launched(next(), now(), request)));
    Touching.of(call).forEach(id -> add(new Observed.Touched(next(), now(), call.operation(), id)));
    call.request(CreateReplaceRootVolumeTaskRequest.class)
        .ifPresent(request -> add(Observed.RootAsked.by(request, next(), now())));
  }

  private void sent(SendCommandRequest request, long began) {
    add(
        new Observed.Sent(
            next(),
            began,
            now(),
            request.comment(),
            request.documentName(),
            request.parameters(),
            request.instanceIds()));
  }

  private void secured(CreateSnapshotsRequest request) {
    String key =
        request.tagSpecifications().stream()
            .flatMap(specification -> specification.tags().stream())
            .filter(tag -> tag.key().equals(KEY_TAG))
            .map(Tag::value)
            .findFirst()
            .orElse("");
    String machine = request.instanceSpecification().instanceId();
    add(new Observed.Secured(next(), now(), key, machine));
  }

  void created(Head head, List<JournalEntry> journal) {
    writes++;
    add(new Observed.Created(next(), now(), head, List.copyOf(journal)));
  }

  /** A write to something else than an operation or a journal: a lane, a policy. */
  void wroteElsewhere() {
    writes++;
  }

  void noted(String journal, JournalEntry entry) {
    add(new Observed.Noted(next(), now(), journal, entry));
  }

  void written(Operation<?, ?> before, Operation<?, ?> after, List<JournalEntry> journal) {
    writes++;
    List<Observed.Move> moves = moves(before.parts(), after.parts());
    add(
        new Observed.Written(
            next(), now(), before.head(), after.head(), moves, List.copyOf(journal)));
    if (before.head() instanceof Rollout old && after.head() instanceof Rollout rollout) {
      int ring = OpenRing.of(old.phase());
      boolean passed =
          ring >= 0
              && (OpenRing.hasPassedAll(rollout.phase()) || OpenRing.of(rollout.phase()) > ring);
      if (passed) {
        passed(rollout, ring, Observed.batches(after.parts()));
      }
    }
  }

  private static List<Observed.Move> moves(List<?> before, List<?> after) {
    List<Batch> old = Observed.batches(before);
    List<Observed.Move> moves = new ArrayList<>();
    for (Batch batch : Observed.batches(after)) {
      boolean known = batch.number() < old.size();
      for (int i = 0; i < batch.members().size(); i++) {
        Member member = batch.members().get(i);
        MemberPhase from = known ? old.get(batch.number()).members().get(i).phase() : null;
        if (!member.phase().equals(from)) {
          moves.add(new Observed.Move(member, from, member.phase()));
        }
      }
    }
    return List.copyOf(moves);
  }

  private void passed(Rollout rollout, int ring, List<Batch> batches) {
    List<Look> proven = new ArrayList<>();
    List<Look> earlier = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    for (Batch batch : batches) {
      for (Member member : batch.members()) {
        if (member.phase() instanceof MemberPhase.Proven) {
          (batch.ring() == ring ? proven : earlier)
              .add(look(member.machine(), rollout.release().product()));
        } else if (batch.ring() <= ring && isUndecided(member.phase())) {
          undecided.add(member.machine() + " " + member.phase());
        }
      }
    }
    String name = rollout.plan() == null ? "ring " + ring : rollout.plan().rings().get(ring).name();
    add(
        new Observed.Passed(
            next(),
            now(),
            rollout,
            name,
            List.copyOf(proven),
            List.copyOf(earlier),
            List.copyOf(undecided)));
  }

  private static boolean isUndecided(MemberPhase phase) {
    return switch (phase) {
      case MemberPhase.Planned p -> true;
      case MemberPhase.Securing s -> true;
      case MemberPhase.Secured s -> true;
      case MemberPhase.Dispatched d -> true;
      case MemberPhase.Proven p -> false;
      case MemberPhase.Undelivered u -> false;
      case MemberPhase.Hurt h -> false;
      case MemberPhase.HandedOver h -> false;
      case MemberPhase.Lost l -> false;
      case MemberPhase.LeftOut l -> false;
    };
  }

  private Look look(String id, String product) {
    var machine = cloud.fleet().find(id);
    if (machine == null) {
      throw new IllegalStateException("nobody has a machine " + id);
    }
    return Look.at(machine, product, now());
  }

  /** The operations that were stored, as they were at first, in order. */
  public List<Head> created() {
    return all(Observed.Created.class).map(Observed.Created::head).toList();
  }

  /** When the first replacement of a machine's root was accepted, by machine. */
  public Map<String, Instant> rootsAsked() {
    Map<String, Instant> asked = new LinkedHashMap<>();
    all(Observed.RootAsked.class).forEach(root -> asked.putIfAbsent(root.machine(), root.at()));
    return asked;
  }

  <T extends Observed> Stream<T> all(Class<T> kind) {
    return observed.stream().filter(kind::isInstance).map(kind::cast);
  }

  List<Observed> everything() {
    return Collections.unmodifiableList(observed);
  }

  private void add(Observed what) {
    observed.add(what);
  }

  private long next() {
    return ++order;
  }

  private Instant now() {
    return cloud.clock().instant();
  }
}
