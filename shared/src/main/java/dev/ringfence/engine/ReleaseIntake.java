package dev.ringfence.engine;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.Manifest;
import dev.ringfence.release.Release;
import dev.ringfence.release.ReleaseEvent;
import dev.ringfence.release.ReleaseEventReader;
import dev.ringfence.release.SignatureVerdict;
import dev.ringfence.release.Version;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a release in: reads, verifies and judges it, and starts its roll-out. The same event starts
 * the same roll-out however often it comes; what is refused starts nothing and is on record.
 */
public final class ReleaseIntake {
  /** Whose journal a refusal goes to when not even a product can be told. */
  public static final String UNKNOWN = "intake-unknown";

  /**
   * How long the readable part of an id may be: with its mark, and with what a restore adds, it
   * stays below the 80 characters of a Step Functions execution name.
   */
  private static final int READABLE_MAX = 54;

  private final Store store;
  private final Clocks clocks;
  private final InstantSource time;

  public ReleaseIntake(Store store, Clocks clocks, InstantSource time) {
    this.store = store;
    this.clocks = clocks;
    this.time = time;
  }

  /** What became of an event. */
  public sealed interface Answer {
    /** A roll-out of this release is there, and its clock runs. */
    record Started(String id, boolean isNew) implements Answer {}

    /** Nothing was started. */
    record Refused(List<Problem> problems) implements Answer {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Takes one event in.
   *
   * @param event the whole EventBridge event, as bytes of JSON
   */
  public Answer take(byte[] event) {
    return switch (ReleaseEventReader.read(event)) {
      case Reading.Refused<ReleaseEvent>(List<Problem> problems) -> refuse(UNKNOWN, problems);
      case Reading.Accepted<ReleaseEvent>(ReleaseEvent read) -> judge(read);
    };
  }

  private Answer judge(ReleaseEvent event) {
    Release release = event.manifest().release();
    Optional<String> stored = store.policy(release.product());
    if (stored.isEmpty()) {
      return refuse(
          release, "manifest.product", "is unknown: there is no policy for " + release.product());
    }
    return switch (PolicyReader.read(stored.get())) {
      case Reading.Refused<RolloutPolicy>(List<Problem> problems) ->
          refuse("intake-" + release.product(), problems);
      case Reading.Accepted<RolloutPolicy>(RolloutPolicy policy) -> judge(event, policy);
    };
  }

  private Answer judge(ReleaseEvent event, RolloutPolicy policy) {
    Manifest manifest = event.manifest();
    Release release = manifest.release();
    Optional<String> objection =
        policy
            .signing()
            .objection(SignatureVerdict.of(manifest, event.signature(), policy.signing().keys()));
    if (objection.isPresent()) {
      return refuse(release, "signature", objection.get());
    }
    String id = idOf(release);
    Operation<Rollout, Batch> known = store.load(RolloutCourse.FORM, id).orElse(null);
    if (known != null) {
      return again(manifest, known);
    }
    Lane.Id laneId = new Lane.Id(release.product(), release.channel());
    Lane lane = store.lane(laneId);
    Optional<String> quarantined = store.quarantine(release.product()).against(release);
    if (quarantined.isPresent()) {
      return refuse(release, "manifest.version", quarantined.get());
    }
    if (lane.installed() != null && !isNewer(release.version(), lane.installed())) {
      return refuse(
          release, "manifest.version", "is not newer than " + lane.installed() + ", installed");
    }
    return start(manifest, policy, id);
  }

  private Answer again(Manifest manifest, Operation<Rollout, Batch> known) {
    Release release = manifest.release();
    if (!known.head().digest().equals(manifest.digest())) {
      return refuse(
          release, "manifest", "differs from what was published before as " + release.version());
    }
    if (!known.head().isFinal()) {
      wake(known.head());
      return new Answer.Started(known.head().id(), false);
    }
    Optional<String> quarantined = store.quarantine(release.product()).against(release);
    if (quarantined.isPresent()) {
      return refuse(release, "manifest.version", quarantined.get());
    }
    return new Answer.Started(known.head().id(), false);
  }

  /**
   * Only once the roll-out is stored: announced before, a release whose intake died would push out
   * an older one that waits, and never come itself.
   */
  private void wake(Rollout rollout) {
    store.announce(rollout.lane(), rollout.release().version());
    clocks.start(rollout.kind(), rollout.id());
  }

  private Answer start(Manifest manifest, RolloutPolicy policy, String id) {
    Release release = manifest.release();
    Instant now = time.instant();
    Rollout rollout =
        new Rollout(
            id,
            Marks.of(id),
            now,
            release,
            manifest.digest(),
            policy.selector(),
            policy.channel(release.channel()),
            null,
            null,
            new RolloutPhase.Queued(now, "its first beat"),
            List.of(),
            null);
    JournalEntry accepted =
        new JournalEntry(
            now,
            "intake",
            "accepted " + release.product() + " " + release.version(),
            "manifest " + manifest.digest());
    boolean isNew = store.create(RolloutCourse.FORM, rollout, List.of(), List.of(accepted));
    if (!isNew) {
      return again(
          manifest,
          store
              .load(RolloutCourse.FORM, id)
              .orElseThrow(() -> new IllegalStateException(id + " is there and is not there")));
    }
    wake(rollout);
    return new Answer.Started(id, true);
  }

  private Answer refuse(Release release, String field, String message) {
    return refuse("intake-" + release.product(), List.of(new Problem(field, message)));
  }

  private Answer refuse(String journal, List<Problem> problems) {
    String reasons = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    store.note(journal, new JournalEntry(time.instant(), "intake", "refused a release", reasons));
    return new Answer.Refused(problems);
  }

  private static boolean isNewer(String version, @Nullable String installed) {
    return installed == null || new Version(installed).isOlderThan(new Version(version));
  }

  /** The roll-out's id: readable, and different for releases whose readable parts are alike. */
  static String idOf(Release release) {
    String name = release.product() + " " + release.channel() + " " + release.version();
    String readable =
        (release.product() + "-" + release.version()).replaceAll("[^A-Za-z0-9_-]", "-");
    String start = readable.substring(0, Math.min(readable.length(), READABLE_MAX));
    return start + "-" + Marks.of(name);
  }
}
