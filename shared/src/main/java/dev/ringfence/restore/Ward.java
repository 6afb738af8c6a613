package dev.ringfence.restore;

import dev.ringfence.operation.Part;
import dev.ringfence.operation.Sending;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Up to 50 machines of a restore.
 *
 * @param pointed whether the machines' pointers to this restore were written
 * @param probe the newest command that reads versions back; null before the first
 * @param probes how many of them there were
 */
public record Ward(
    int number, List<Patient> patients, boolean pointed, @Nullable Sending probe, int probes)
    implements Part {
  public Ward {
    patients = List.copyOf(patients);
  }

  Ward withPatients(List<Patient> next) {
    return new Ward(number, next, pointed, probe, probes);
  }

  Ward eachPatient(UnaryOperator<Patient> change) {
    return withPatients(patients.stream().map(change).toList());
  }

  Ward probing(Sending next) {
    return new Ward(number, patients, pointed, next, probes + 1);
  }

  Ward withProbe(Sending next) {
    return new Ward(number, patients, pointed, next, probes);
  }

  Ward markPointed() {
    return new Ward(number, patients, true, probe, probes);
  }

  boolean isSettled() {
    return patients.stream().allMatch(patient -> patient.phase().isFinal());
  }
}
