package dev.ringfence.lab.cloud.machine;

import dev.ringfence.lab.wire.AwsFault;
import java.util.regex.Pattern;

/** EC2's refusals, with the codes and words of its error code list. */
public final class Ec2Faults {
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8}(?:[0-9a-f]{9})?");

  private Ec2Faults() {}

  /** The instance, or the fault for an id that is malformed or that nobody has. */
  public static Machine instance(Fleet fleet, String id) {
    Machine machine = fleet.instance(id);
    if (machine != null) {
      return machine;
    }
    if (!INSTANCE_ID.matcher(id).matches()) {
      throw new AwsFault("InvalidInstanceID.Malformed", 400, "Invalid id: \"" + id + "\"");
    }
    throw new AwsFault(
        "InvalidInstanceID.NotFound", 400, "The instance ID '" + id + "' does not exist");
  }

  public static AwsFault missing(String parameter) {
    return new AwsFault(
        "MissingParameter", 400, "The request must contain the parameter " + parameter);
  }

  public static AwsFault badValue(String message) {
    return new AwsFault("InvalidParameterValue", 400, message);
  }

  public static AwsFault badCombination(String message) {
    return new AwsFault("InvalidParameterCombination", 400, message);
  }

  public static AwsFault incorrectState(String message) {
    return new AwsFault("IncorrectState", 400, message);
  }

  public static AwsFault incorrectInstanceState(String id) {
    return new AwsFault(
        "IncorrectInstanceState",
        400,
        "The instance '" + id + "' is not in a state from which this can be done.");
  }

  public static AwsFault badType(String type) {
    return new AwsFault(
        "InvalidInstanceType", 400, "The following supplied instance types do not exist: " + type);
  }

  public static AwsFault noSnapshot(String id) {
    return new AwsFault(
        "InvalidSnapshot.NotFound", 400, "The snapshot '" + id + "' does not exist.");
  }

  public static AwsFault noVolume(String id) {
    return new AwsFault("InvalidVolume.NotFound", 400, "The volume '" + id + "' does not exist.");
  }
}
