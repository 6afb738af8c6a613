package dev.ringfence.lab.story;

import dev.ringfence.engine.Beat;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells one story: opens a lab, publishes its releases one after the other, and lets everything
 * end.
 */
public final class Story implements AutoCloseable {
  /** What the lab's own fleet runs and releases. */
  static final String PRODUCT = "falcon-content";

  private static final String BEFORE = "2026.11.02.1";
  private static final String GOOD = "2026.11.03.1";
  private static final String NEXT = "2026.11.03.2";

  /** A new alarm has no data at first; after this it has seen enough to say OK. */
  private static final Duration SETTLE = Duration.ofMinutes(10);

  /** Between the end of one release and the next. */
  private static final Duration BETWEEN = Duration.ofMinutes(30);

  /**
   * Longer than any roll-out of the default policies, capability's ten days and its observation
   * included.
   */
  private static final Duration PATIENCE = Duration.ofDays(30);

  private final StoryInput input;
  private final Screen screen;
  private final Lab lab;
  private final Map<String, Integer> linesShown = new HashMap<>();
  private final List<Instant> alarmsFired = new ArrayList<>();

  private Story(StoryInput input, Screen screen) throws IOException {
    this.input = input;
    this.screen = screen;
    String product = input.release() == null ? PRODUCT : UserRelease.product(input.release());
    this.lab = Lab.open(input.fleet().running(product, BEFORE), this::afterBeat);
    lab.cloud().onEvent(this::alarmChanged);
  }

  /** Opens the lab that the story happens in. */
  public static Story open(StoryInput input, Screen screen) throws IOException {
    return new Story(input, screen);
  }

  public Lab lab() {
    return lab;
  }

  /** Tells it to its end, without waiting. */
  public Report tell() {
    return tell(Pace.AT_ONCE, () -> {});
  }

  /**
   * Tells it to its end; what goes before the story's own release passes at once.
   *
   * @param ready called before the story's own release
   */
  Report tell(Pace pace, Runnable ready) {
    Stage stage = new Stage(lab, input);
    stage.set();
    lab.clock().runUntil(lab.clock().instant().plus(SETTLE));
    List<Accountant.Published> published = new ArrayList<>();
    boolean forgedRefused = stage.forgedIsRefused();
    if (input.scenario() == Scenario.DRILL) {
      screen.chapter("Drills, before any release: the newest snapshots of t3 machines do not boot");
      DrillChapter drills = new DrillChapter(lab);
      drills.breakBackups();
      drills.drill(ended::contains);
    }
    if (input.scenario().hasPrologue() && input.release() == null) {
      screen.chapter("A good release, " + GOOD);
      published.add(publish(stage.good(GOOD), GOOD, true, Pace.AT_ONCE));
      lab.clock().runUntil(lab.clock().instant().plus(BETWEEN));
    }
    ready.run();
    screen.chapter(input.scenario().title() + ": " + input.scenario().sentence());
    String version = input.release() == null ? NEXT : UserRelease.version(input.release());
    published.add(publish(stage.second(version), version, false, pace));
    screen.end();
    return new Accountant(lab, input, alarmsFired, stage.stormAt())
        .report(published, forgedRefused);
  }

  private Accountant.Published publish(String event, String version, boolean prologue, Pace pace) {
    Instant at = lab.clock().instant();
    return switch (lab.publish(event)) {
      case ReleaseIntake.Answer.Started started -> {
        runToTheEnd(started.id(), pace);
        yield new Accountant.Published(started.id(), version, at, prologue);
      }
      case ReleaseIntake.Answer.Refused refused ->
          throw new RefusedStory("the release was refused: " + refused.problems());
    };
  }

  private void runToTheEnd(String id, Pace pace) {
    Instant giveUp = lab.clock().instant().plus(PATIENCE);
    while (!isOver(id) && lab.clock().instant().isBefore(giveUp) && pace.pass(lab.clock())) {
      // What happens is told by whoever hears of it.
    }
  }

  private boolean isOver(String id) {
    Operation<Rollout, Batch> rollout = over.get(id);
    return rollout != null
        && rollout.head().orders().stream().allMatch(order -> ended.contains(order.restore()));
  }

  private final Map<String, Operation<Rollout, Batch>> over = new HashMap<>();

  /** Restores and drills that are over. */
  private final Set<String> ended = new HashSet<>();

  private void afterBeat(Beat beat) {
    if (beat.kind() != Head.Kind.ROLLOUT) {
      showJournal(beat.id());
      if (beat.over()) {
        ended.add(beat.id());
      }
      return;
    }
    lab.look()
        .load(RolloutCourse.FORM, beat.id())
        .ifPresent(rollout -> {
          showJournal(beat.id());
          screen.progress(lab.clock().instant(), rollout);
          if (beat.over()) {
            over.put(beat.id(), rollout);
          }
        });
  }

  private void showJournal(String id) {
    List<JournalEntry> entries = lab.look().journal(id);
    int shown = linesShown.getOrDefault(id, 0);
    entries.subList(shown, entries.size()).forEach(entry -> screen.line(entry.at(), entry));
    linesShown.put(id, entries.size());
  }

  private void alarmChanged(String event) {
    AlarmLine line = AlarmLine.of(event);
    if (line.fires()) {
      alarmsFired.add(lab.clock().instant());
    }
    screen.line(
        lab.clock().instant(),
        new JournalEntry(
            lab.clock().instant(),
            "CloudWatch",
            "alarm " + line.alarm() + " is " + line.state(),
            ""));
  }

  @Override
  public void close() {
    lab.close();
  }

  /** The story cannot be told with this input. */
  public static final class RefusedStory extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedStory(String why) {
      super(why);
    }
  }
}
