package dev.ringfence.restorefaults;

import dev.ringfence.engine.World;
import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets one thing go wrong at one call, or every list lag behind. */
final class Spoiler implements WireTap {
  /** What goes wrong. */
  enum Fault {
    NOTHING,
    DIES_BEFORE,
    DIES_AFTER,
    REQUEST_LOST,
    /** The answer is lost, and so are those of the SDK's own retries. */
    ANSWERS_LOST,
    /** The answer comes, long after what it tells of. */
    ANSWER_LATE,
    /** From this call on AWS turns down whatever would change anything, for a while. */
    THROTTLED
  }

  /** What happens around the calls. */
  interface Scene {
    Instant now();

    /** Time passes in the middle of a call. */
    void pass(Duration time);

    /** Something was done to the machine. */
    void touched();
  }

  /** One call and the SDK's two retries of it. */
  private static final int ATTEMPTS = 3;

  /** Longer than a beat's patience with its own intents, and shorter than a function may run. */
  private static final Duration LATE = Duration.ofMinutes(4);

  private static final Duration THROTTLE = Duration.ofMinutes(20);

  /** What changes a machine or its disks; evidence must be kept before the first of them. */
  private static final Set<String> TOUCHING =
      Set.of(
          "ec2.CreateReplaceRootVolumeTask",
          "ec2.StopInstances",
          "ec2.DetachVolume",
          "ec2.AttachVolume",
          "ec2.StartInstances",
          "autoscaling.EnterStandby");

  /** What else makes or changes something. */
  private static final Set<String> CHANGING =
      Set.of(
          "ec2.CreateVolume",
          "ec2.ModifyInstanceAttribute",
          "ec2.CreateTags",
          "autoscaling.ExitStandby",
          "ssm.SendCommand");

  private final Fault fault;
  private final int at;
  private final Duration lag;
  private final List<String> calls = new ArrayList<>();
  private @Nullable Scene scene;
  private int spoiled;
  private @Nullable Instant throttledUntil;

  /**
   * @param at which call, counted from 0 since the restore began
   * @param lag how old everything is that is seen
   */
  Spoiler(Fault fault, int at, Duration lag) {
    this.fault = fault;
    this.at = at;
    this.lag = lag;
  }

  static Spoiler none() {
    return new Spoiler(Fault.NOTHING, 0, Duration.ZERO);
  }

  static boolean changes(String call) {
    return TOUCHING.contains(call) || CHANGING.contains(call);
  }

  void begin(Scene around) {
    scene = around;
  }

  void end() {
    scene = null;
  }

  /** The names of the calls since the restore began. */
  List<String> calls() {
    return calls;
  }

  @Override
  public void before(WireCall call) throws InterruptedIOException {
    if (scene == null) {
      return;
    }
    calls.add(call.name());
    if (isAt() && fault == Fault.DIES_BEFORE) {
      throw new FunctionKilled("before " + call.name());
    }
    if (isAt() && fault == Fault.REQUEST_LOST) {
      throw new InterruptedIOException("the request was lost");
    }
    if (isAt() && fault == Fault.THROTTLED) {
      throttledUntil = scene.now().plus(THROTTLE);
    }
    if (throttledUntil != null && changes(call.name()) && scene.now().isBefore(throttledUntil)) {
      throw new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.");
    }
  }

  @Override
  public void after(WireCall call) throws InterruptedIOException {
    Scene around = scene;
    if (around == null) {
      return;
    }
    if (TOUCHING.contains(call.name())) {
      around.touched();
    }
    if (isAt() && fault == Fault.DIES_AFTER) {
      throw new FunctionKilled("after " + call.name());
    }
    if (isAt() && fault == Fault.ANSWER_LATE) {
      around.pass(LATE);
    }
    boolean again = spoiled > 0 && spoiled < ATTEMPTS && call.name().equals(calls.get(at));
    if (fault == Fault.ANSWERS_LOST && (isAt() || again)) {
      spoiled++;
      throw new InterruptedIOException("the answer was lost");
    }
  }

  private boolean isAt() {
    return calls.size() - 1 == at;
  }

  /** A world whose sights are as old as the lag; what is done to it is done at once. */
  World delaying(World world, VirtualClock clock) {
    return lag.isZero() ? world : new Lagging(world, clock);
  }

  private final class Lagging implements World {
    private record Seen(Instant at, Sight sight) {}

    private final World world;
    private final VirtualClock clock;
    private final Deque<Seen> earlier = new ArrayDeque<>();

    Lagging(World world, VirtualClock clock) {
      this.world = world;
      this.clock = clock;
    }

    @Override
    public Sight observe(Watch watch) {
      Sight now = world.observe(watch);
      Instant oldest = clock.instant().minus(lag);
      Sight seen = now;
      for (Seen one : earlier) {
        if (!one.at().isBefore(oldest)) {
          seen = one.sight();
          break;
        }
      }
      earlier.add(new Seen(clock.instant(), now));
      while (earlier.getFirst().at().isBefore(oldest)) {
        earlier.removeFirst();
      }
      return now.again()
          .rigs(seen.rigs().isEmpty() ? now.rigs() : seen.rigs())
          .volumes(seen.volumes().isEmpty() ? now.volumes() : seen.volumes())
          .replacements(seen.replacements())
          .seen();
    }

    @Override
    public Outcome perform(Effect effect, boolean lookFirst) {
      return world.perform(effect, lookFirst);
    }
  }
}
