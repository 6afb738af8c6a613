package dev.ringfence.drill;

import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Watch;
import dev.ringfence.swap.Swap;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a drill's beat looks at, rehearsal by rehearsal. */
final class DrillWatch {
  private final Set<String> clones = new LinkedHashSet<>();
  private final Set<String> commands = new LinkedHashSet<>();
  private final Set<String> rigs = new LinkedHashSet<>();
  private final Set<String> volumes = new LinkedHashSet<>();
  private final Set<String> snapshots = new LinkedHashSet<>();
  private final Set<String> points = new LinkedHashSet<>();

  private DrillWatch() {}

  static Watch of(List<Bay> bays) {
    DrillWatch watch = new DrillWatch();
    bays.stream().flatMap(bay -> bay.rehearsals().stream()).forEach(watch::add);
    return Watch.NOTHING
        .withMachines(watch.clones, watch.commands)
        .withRestorePoints(watch.snapshots, watch.points, Instant.EPOCH)
        .withRigs(watch.rigs)
        .withVolumes(watch.volumes);
  }

  private void add(Rehearsal one) {
    String root = one.rootVolume();
    switch (one.phase()) {
      case RehearsalPhase.Waiting w when root != null -> points.add(root);
      case RehearsalPhase.Snapshotting s when s.point() != null ->
          snapshots.add(s.point().snapshot());
      case RehearsalPhase.Swapping s when root != null -> {
        rigs.add(s.twin());
        Swap swap = s.swap();
        if (swap == null) {
          volumes.add(root);
        } else {
          volumes.addAll(swap.volumes());
        }
      }
      case RehearsalPhase.Proving p -> {
        clones.add(p.twin());
        Optional.ofNullable(p.probe()).map(Sending::commandId).ifPresent(commands::add);
      }
      case RehearsalPhase.Waiting w -> {}
      case RehearsalPhase.Snapshotting s -> {}
      case RehearsalPhase.Launching l -> {}
      case RehearsalPhase.Swapping s -> {}
      case RehearsalPhase.Capturing c -> {}
      case RehearsalPhase.Refused f -> {}
      case RehearsalPhase.Removing r -> {}
      case RehearsalPhase.Ended e -> {}
    }
  }
}
