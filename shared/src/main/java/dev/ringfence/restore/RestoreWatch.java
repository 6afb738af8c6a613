package dev.ringfence.restore;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Watch;
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
  private final Set<String> past = new LinkedHashSet<>();

  private RestoreWatch() {}

  static Watch of(List<Ward> wards) {
    RestoreWatch wanted = new RestoreWatch();
    for (Ward ward : wards) {
      ward.patients().forEach(wanted::add);
      Sending probe = ward.probe();
      if (!ward.isSettled() && probe != null && probe.commandId() != null) {
        wanted.commands.add(probe.commandId());
      }
    }
    return Watch.NOTHING
        .withMachines(wanted.machines, wanted.commands)
        .withReplacements(wanted.tasks)
        .withRigs(wanted.rigs)
        .withPast(wanted.past)
        .withCustody(wanted.custody)
        .withVolumes(wanted.volumes);
  }

  private void add(Patient patient) {
    switch (patient.phase()) {
      case PatientPhase.Waiting w -> machines.add(patient.machine());
      case PatientPhase.Proving p -> machines.add(patient.machine());
      case PatientPhase.Held h -> {
        machines.add(patient.machine());
        custody.add(patient.machine());
      }
      case PatientPhase.Examining e -> {
        custody.add(patient.machine());
        add(patient, e.rig());
      }
      case PatientPhase.Replacing r -> {
        if (r.task() != null) {
          tasks.add(r.task());
        }
      }
      case PatientPhase.Exchanging e -> {
        rigs.add(patient.machine());
        volumes.addAll(e.swap().volumes());
      }
      case PatientPhase.Restored r -> {
        return;
      }
      case PatientPhase.NeedsPerson n -> {
        return;
      }
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
