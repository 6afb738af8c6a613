package dev.ringfence.operation;

import java.time.Instant;
import java.util.Map;

/**
 * What is done to one machine and its disks from outside. Each of them is either idempotent by its
 * nature or looked for before it is done again.
 */
public sealed interface MachineEffect extends Effect {
  String machine();

  /**
   * One StopInstances that does not wait for the guest: one that has crashed would take EC2 minutes
   * of waiting for a shutdown that never comes. Whatever the guest holds in memory is lost.
   */
  record StopMachine(String key, Instant intended, boolean tried, String machine)
      implements MachineEffect {
    @Override
    public boolean endangers() {
      return true;
    }
  }

  /** One StartInstances. EC2 answers well even if it then fails to start. */
  record StartMachine(String key, Instant intended, boolean tried, String machine)
      implements MachineEffect {}

  /**
   * One CreateVolume; the key is its client token and a tag. Done with the volume's id.
   *
   * @param machine for which it is made
   * @param disk what it shall be
   */
  record CreateVolume(
      String key,
      Instant intended,
      boolean tried,
      String machine,
      String snapshot,
      String zone,
      Disk disk,
      Map<String, String> tags)
      implements MachineEffect {
    public CreateVolume {
      tags = Map.copyOf(tags);
    }
  }

  /** One DetachVolume; a volume that is not attached to the machine any more is done. */
  record DetachVolume(
      String key, Instant intended, boolean tried, String machine, String volume, String device)
      implements MachineEffect {}

  /** One AttachVolume; a volume that is attached to the machine at that device already is done. */
  record AttachVolume(
      String key, Instant intended, boolean tried, String machine, String volume, String device)
      implements MachineEffect {}

  /**
   * Says whether a device's volume goes when the machine is terminated. A volume that is attached
   * later stays unless this is said.
   */
  record SetDeleteOnTermination(
      String key,
      Instant intended,
      boolean tried,
      String machine,
      String device,
      boolean deleteOnTermination)
      implements MachineEffect {}

  /**
   * Takes a member out of its Auto Scaling group's service, so that the group does not replace it
   * when it is stopped.
   *
   * @param replaced whether the group shall start another machine meanwhile; it has to where it may
   *     not shrink any further
   */
  record EnterStandby(
      String key, Instant intended, boolean tried, String machine, String group, boolean replaced)
      implements MachineEffect {}

  /** Puts a member back into its group's service. */
  record ExitStandby(String key, Instant intended, boolean tried, String machine, String group)
      implements MachineEffect {}

  /**
   * Keeps what the machine shows: a picture of its console and its last output. Done with where
   * that is and what could not be had, in one sentence.
   *
   * @param folder the prefix of the objects' names
   */
  record CaptureEvidence(String key, Instant intended, boolean tried, String machine, String folder)
      implements MachineEffect {}

  /** Tags a volume, so that it is kept until the day on its tag and found by whoever looks. */
  record TagVolume(
      String key,
      Instant intended,
      boolean tried,
      String machine,
      String volume,
      Map<String, String> tags)
      implements MachineEffect {
    public TagVolume {
      tags = Map.copyOf(tags);
    }
  }
}
