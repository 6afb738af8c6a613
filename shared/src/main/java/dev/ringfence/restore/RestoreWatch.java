package dev.ringfence.restore;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a restore wants to see: of each machine no more than its phase asks for. */
final class RestoreWatch {
  private final Set<String> machines = new LinkedHashSet<>();
  private final Set<String> commands = new LinkedHashSet<>();
  private final Set<String> tasks = new LinkedHashSet<>();
  private final Set<String> rigs = new LinkedHashSet<>();
  private final Set<String> custody = new LinkedHashSet<>();
  private final Set<String> volumes = new LinkedHashSet<>();
  private final Set<String> stops = new LinkedHashSet<>();
  private final Set<String> blueprints = new LinkedHashSet<>();
  private final Set<String> past = new LinkedHashSet<>();
  private final Set<String> exposed = new LinkedHashSet<>();
  private boolean versions;

  private RestoreWatch() {}

  static Watch of(Restore head, List<Ward> wards) {
    RestoreWatch wanted = new RestoreWatch();
    for (Ward ward : wards) {
      ward.patients().forEach(wanted::add);
      Sending probe = ward.probe();
      if (!ward.isSettled() && probe != null && probe.commandId() != null) {
        wanted.commands.add(probe.commandId());
      }
    }
    Watch watch =
        Watch.NOTHING
            .withMachines(wanted.machines, wanted.commands)
            .withReplacements(wanted.tasks)
            .withRigs(wanted.rigs)
            .withPast(wanted.past)
            .withObstacles(wanted.stops, wanted.stops, Duration.ZERO)
            .withBlueprints(wanted.blueprints)
            .withCustody(wanted.custody)
            .withVolumes(wanted.volumes);
    return wanted.versions ? watch.withExposed(head.product(), wanted.exposed) : watch;
  }

  private void add(Patient patient) {
    String machine = patient.machine();
    switch (patient.phase()) {
      case PatientPhase.Waiting w -> machines.add(machine);
      case PatientPhase.Reviving r -> judged(machine);
      case PatientPhase.Proving p -> judged(machine);
      case PatientPhase.Held h -> {
        machines.add(machine);
        custody.add(machine);
      }
      case PatientPhase.Examining e -> {
        // The last look before hands are laid on it.
        judged(machine);
        custody.add(machine);
        exposed.add(machine);
        add(patient, e.rig());
      }
      case PatientPhase.Replacing r -> replacing(machine, r.task());
      case PatientPhase.Weighing w -> addForAStop(patient);
      case PatientPhase.Exchanging e -> {
        rigs.add(machine);
        if (e.standstill().isBeforeItsStop()) {
          machines.add(machine);
        }
        volumes.addAll(e.standstill().volumes());
      }
      case PatientPhase.Restored r -> {}
      case PatientPhase.LeftAlone l -> {}
      case PatientPhase.NeedsPerson n -> {}
    }
  }

  /** As long as EC2 was not asked, it may still be left alone. */
  private void replacing(String machine, @Nullable String task) {
    if (task == null) {
      machines.add(machine);
    } else {
      tasks.add(task);
    }
  }

  /** Whether it lives is judged, and whether what it runs may stay. */
  private void judged(String machine) {
    machines.add(machine);
    versions = true;
  }

  /** What a stop would meet, and what its new root is to be. */
  private void addForAStop(Patient patient) {
    stops.add(patient.machine());
    if (patient.point() != null) {
      blueprints.add(patient.point().snapshot());
    }
  }

  /** A machine's root volume can be asked for once it is known which it is. */
  private void add(Patient patient, @Nullable Rig rig) {
    Rig.Attached root = rig == null ? null : rig.root();
    if (rig == null) {
      rigs.add(patient.machine());
    } else if (root != null) {
      volumes.add(root.volume());
      past.add(root.volume());
    }
  }
}
