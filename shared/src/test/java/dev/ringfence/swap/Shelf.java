package dev.ringfence.swap;

import dev.ringfence.operation.Disk;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One machine with a root and two data volumes as EC2 keeps them, with its refusals and lags. */
final class Shelf {
  static final Instant START = Instant.parse("2026-11-03T02:00:00Z");
  static final String MACHINE = "i-0123456789abcdef0";
  static final String ROOT = "/dev/xvda";
  static final List<String> DEVICES = List.of("/dev/sdf", "/dev/sdg", ROOT);
  private static final Disk DISK = new Disk("gp3", 8, 3000, 125, null);

  Instant now = START;
  String state = "running";
  String reason = "";
  @Nullable String lifecycle;
  boolean grantMissing;
  @Nullable String forbiddenSnapshot;
  final Map<String, String> at = new TreeMap<>();
  final Map<String, Boolean> deletes = new HashMap<>();
  final Map<String, String> made = new HashMap<>();
  final List<String> deeds = new ArrayList<>();

  /** Volumes that are deleted some day, once they are loose. */
  final Set<String> expiring = new TreeSet<>();

  private final List<Look> looks = new ArrayList<>();

  record Look(Rig rig, Map<String, Volume> volumes) {}

  Shelf() {
    DEVICES.forEach(device -> {
      at.put(device, old(device));
      deletes.put(device, device.equals(ROOT));
    });
  }

  static String old(String device) {
    return "vol-old" + device.replace("/dev/", "-");
  }

  static String snapshot(String device) {
    return "snap" + device.replace("/dev/", "-");
  }

  static List<SwapOrder> orders() {
    List<SwapOrder> orders = new ArrayList<>();
    for (String device : DEVICES) {
      boolean root = device.equals(ROOT);
      orders.add(
          new SwapOrder(
              "rf-0123456789ab-" + MACHINE + (root ? "" : "-d" + orders.size()),
              MACHINE,
              "az-1",
              device,
              old(device),
              snapshot(device),
              DISK,
              root,
              null,
              Map.of(),
              Map.of("ringfence:expires", "2026-12-03"),
              root ? SwapOrder.ROOT : "volume at " + device,
              root));
    }
    return orders;
  }

  /** Whether every device has the volume that it had. */
  boolean isAsBefore() {
    return DEVICES.stream().allMatch(device -> old(device).equals(at.get(device)));
  }

  /** Whether every device has a volume that was made from its own snapshot. */
  boolean isExchanged() {
    return DEVICES.stream()
        .allMatch(device -> String.valueOf(at.get(device)).startsWith("vol-" + snapshot(device)));
  }

  Look look() {
    Map<String, Rig.Attached> devices = new HashMap<>();
    at.forEach((device, volume) ->
        devices.put(
            device, new Rig.Attached(volume, "attached", deletes.getOrDefault(device, false))));
    Rig rig =
        new Rig(
            MACHINE,
            "az-1",
            state,
            reason,
            ROOT,
            devices,
            false,
            new Rig.Make("ami-1", "t3.micro", "Linux/UNIX", "x86_64"),
            lifecycle == null ? null : new Rig.Membership("web", lifecycle));
    Map<String, Volume> volumes = new HashMap<>();
    List<String> all = new ArrayList<>(made.values());
    DEVICES.forEach(device -> all.add(old(device)));
    for (String id : all) {
      boolean failed = forbiddenSnapshot != null && id.startsWith("vol-" + forbiddenSnapshot);
      String is = failed ? "error" : at.containsValue(id) ? "in-use" : "available";
      volumes.put(id, new Volume(id, "az-1", is, DISK, null, List.of(), Map.of()));
    }
    Look look = new Look(rig, volumes);
    looks.add(look);
    return look;
  }

  /** The world as it was shown so many looks ago. */
  Look stale(int before) {
    return looks.get(Math.max(0, looks.size() - 1 - before));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Outcome perform(MachineEffect effect) {
    deeds.add(effect.toString());
    return switch (effect) {
      case MachineEffect.StopMachine stop -> moved(stop, "stopped", "");
      case MachineEffect.StartMachine start ->
          !at.containsKey(ROOT)
              ? refused(start, "IncorrectInstanceState")
              : grantMissing && made.containsValue(at.get(ROOT))
                  ? moved(start, "stopped", "Client.InternalError")
                  : moved(start, "running", "");
      case MachineEffect.CreateVolume create ->
          done(
              create,
              made.computeIfAbsent(
                  create.key(), key -> "vol-" + create.snapshot() + "-" + made.size()));
      case MachineEffect.DetachVolume detach -> detach(detach);
      case MachineEffect.AttachVolume attach -> attach(attach);
      case MachineEffect.SetDeleteOnTermination set -> {
        deletes.put(set.device(), set.deleteOnTermination());
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
      case MachineEffect.TagVolume tag -> {
        expiring.add(tag.volume());
        yield done(tag, "");
      }
    };
  }

  private Outcome moved(MachineEffect effect, String to, String why) {
    if ("InService".equals(lifecycle) && to.equals("stopped")) {
      throw new AssertionError(
          "its group terminates a member that is stopped in service: " + deeds);
    }
    state = to;
    reason = why;
    return done(effect, "");
  }

  private Outcome detach(MachineEffect.DetachVolume detach) {
    if (!detach.volume().equals(at.get(detach.device()))) {
      return refused(detach, "IncorrectState");
    }
    if (!state.equals("stopped") && detach.device().equals(ROOT)) {
      return refused(detach, "OperationNotPermitted");
    }
    if (!state.equals("stopped")) {
      throw new AssertionError("taken from a machine that runs: " + detach);
    }
    at.remove(detach.device());
    return done(detach, "");
  }

  private Outcome attach(MachineEffect.AttachVolume attach) {
    boolean failed =
        forbiddenSnapshot != null && attach.volume().startsWith("vol-" + forbiddenSnapshot);
    if (at.containsKey(attach.device()) || at.containsValue(attach.volume()) || failed) {
      return refused(attach, "VolumeInUse");
    }
    at.put(attach.device(), attach.volume());
    deletes.put(attach.device(), false);
    return done(attach, "");
  }

  private Outcome done(MachineEffect effect, String result) {
    return new Outcome.Done(effect.key(), result, now);
  }

  static Outcome refused(MachineEffect effect, String code) {
    return new Outcome.Refused(effect.key(), code, "no");
  }
}
