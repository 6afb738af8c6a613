package dev.ringfence.swap;

import dev.ringfence.operation.Disk;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One machine and its volumes as EC2 keeps them, with its refusals and its lags. */
final class Bench {
  static final Instant START = Instant.parse("2026-11-03T02:00:00Z");
  static final String MACHINE = "i-0123456789abcdef0";
  static final String ROOT = "/dev/xvda";
  static final Disk DISK = new Disk("gp3", 8, 3000, 125, "arn:key");
  static final Rig.Make MAKE = new Rig.Make("ami-1", "t3.micro", "Linux/UNIX", "x86_64");

  Instant now = START;
  String state = "running";
  String reason = "";
  @Nullable String root = "vol-old";
  boolean setting = true;
  boolean spot;
  boolean unstoppable;
  @Nullable String lifecycle;
  boolean keyForbidden;
  boolean grantMissing;
  boolean noCapacity;
  final Set<String> gone = new HashSet<>();
  final Map<String, String> made = new HashMap<>();
  final List<String> deeds = new ArrayList<>();
  private final Deque<Look> looks = new ArrayDeque<>();

  record Look(@Nullable Rig rig, Map<String, Volume> volumes) {}

  static SwapOrder order() {
    return new SwapOrder(
        "rf-0123456789ab-" + MACHINE,
        MACHINE,
        "az-1",
        ROOT,
        "vol-old",
        "snap-1",
        DISK,
        true,
        "evidence/r-1",
        Map.of(),
        Map.of("ringfence:expiry", "2026-12-03"));
  }

  /** The world as it is; what was asked for a minute ago has taken effect. */
  Look look() {
    Map<String, Rig.Attached> devices = new HashMap<>();
    if (root != null) {
      devices.put(ROOT, new Rig.Attached(root, "attached", setting));
    }
    Rig rig =
        new Rig(
            MACHINE,
            "az-1",
            state,
            reason,
            ROOT,
            devices,
            spot,
            MAKE,
            lifecycle == null ? null : new Rig.Membership("web", lifecycle));
    Map<String, Volume> volumes = new HashMap<>();
    List<String> all = new ArrayList<>(made.values());
    all.add("vol-old");
    for (String id : all) {
      boolean failed = keyForbidden && made.containsValue(id);
      String is = gone.contains(id) ? "deleted" : id.equals(root) ? "in-use" : "available";
      volumes.put(
          id, new Volume(id, "az-1", failed ? "error" : is, DISK, "snap-1", List.of(), Map.of()));
    }
    Look look = new Look(rig, volumes);
    looks.addLast(look);
    return look;
  }

  /** The world as it was shown {@code before} looks ago. */
  Look stale(int before) {
    List<Look> all = List.copyOf(looks);
    return all.isEmpty() ? look() : all.get(Math.max(0, all.size() - 1 - before));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Outcome perform(MachineEffect effect) {
    deeds.add(effect.getClass().getSimpleName());
    return switch (effect) {
      case MachineEffect.StopMachine stop when unstoppable -> refused(stop, "UnsupportedOperation");
      case MachineEffect.StopMachine stop -> moved(stop, "stopped", "Client.UserInitiatedShutdown");
      case MachineEffect.StartMachine start -> start(start);
      case MachineEffect.CreateVolume create ->
          done(create, made.computeIfAbsent(create.key(), key -> "vol-new" + made.size()));
      case MachineEffect.DetachVolume detach -> detach(detach);
      case MachineEffect.AttachVolume attach -> attach(attach);
      case MachineEffect.SetDeleteOnTermination set -> {
        setting = set.deleteOnTermination();
        yield done(set, "");
      }
      case MachineEffect.EnterStandby enter -> {
        lifecycle = "Standby";
        yield done(enter, "");
      }
      case MachineEffect.ExitStandby exit -> {
        lifecycle = "InService";
        yield done(exit, "");
      }
      case MachineEffect.CaptureEvidence capture -> done(capture, "s3://evidence");
      case MachineEffect.TagVolume tag -> done(tag, "");
    };
  }

  private Outcome start(MachineEffect.StartMachine start) {
    if (root == null) {
      if (spot) {
        state = "terminated";
      }
      return refused(start, "IncorrectInstanceState");
    }
    if (noCapacity) {
      return new Outcome.Unsettled(start.key(), "InsufficientInstanceCapacity");
    }
    return grantMissing
        ? moved(start, "stopped", "Client.InternalError")
        : moved(start, "running", "");
  }

  private Outcome moved(MachineEffect effect, String to, String why) {
    if (lifecycle != null && lifecycle.equals("InService") && to.equals("stopped")) {
      throw new AssertionError("its group terminates a member that is stopped in service");
    }
    state = to;
    reason = why;
    return done(effect, "");
  }

  private Outcome detach(MachineEffect.DetachVolume detach) {
    if (!detach.volume().equals(root)) {
      return refused(detach, "IncorrectState");
    }
    if (!state.equals("stopped")) {
      return refused(detach, "OperationNotPermitted");
    }
    root = null;
    return done(detach, "");
  }

  private Outcome attach(MachineEffect.AttachVolume attach) {
    boolean forbidden = keyForbidden && made.containsValue(attach.volume());
    if (root != null || gone.contains(attach.volume()) || forbidden) {
      return refused(attach, "VolumeInUse");
    }
    if (!state.equals("stopped") || !attach.device().equals(ROOT)) {
      return refused(attach, "IncorrectState");
    }
    root = attach.volume();
    setting = false;
    return done(attach, "");
  }

  private Outcome done(MachineEffect effect, String result) {
    return new Outcome.Done(effect.key(), result, now);
  }

  static Outcome refused(MachineEffect effect, String code) {
    return new Outcome.Refused(effect.key(), code, "no");
  }
}
