package dev.ringfence.lab.cloud.machine;

import dev.ringfence.lab.cloud.disk.Volume;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which KMS keys the caller may use. EC2 asks KMS only after it has answered, so a call that needs
 * a forbidden key succeeds and its effect fails later.
 */
public final class Keys {
  private final Set<String> forbidden = new TreeSet<>();
  private final Set<String> ungranted = new TreeSet<>();

  /** From now on nothing that is encrypted with a key can be created or started. */
  public void forbid(String keyId) {
    forbidden.add(keyId);
  }

  /** The caller may use the key again. */
  public void allow(String keyId) {
    forbidden.remove(keyId);
  }

  /** From now on an instance's start finds no grant for the key of its volumes. */
  public void denyGrant(String instanceId) {
    ungranted.add(instanceId);
  }

  public boolean allows(Volume.Facts facts) {
    return !forbidden.contains(facts.keyId());
  }

  public boolean allowStart(Machine machine) {
    return !ungranted.contains(machine.id())
        && machine.disks().values().stream().allMatch(volume -> allows(volume.facts()));
  }
}
