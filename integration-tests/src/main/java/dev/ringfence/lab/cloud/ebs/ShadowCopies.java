package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Rest;
import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code AWSEC2-VssInstallAndSnapshot} does on a Windows machine: a set of snapshots of all
 * its volumes, with the tags that were asked for and with those that only the document may set.
 */
public final class ShadowCopies {
  private static final Set<String> RESERVED = Set.of("Device", "AppConsistent", "AwsVssConfig");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9() ./\\\\\\-\"'@_+:={}]*");

  private final SnapshotSets sets;
  private final Rest rest;
  private final Set<String> vouched = new HashSet<>();

  public ShadowCopies(SnapshotSets sets, Rest rest) {
    this.sets = sets;
    this.rest = rest;
  }

  /** Snapshots that were taken while applications held still. */
  public Set<String> vouched() {
    return Collections.unmodifiableSet(vouched);
  }

  /**
   * Makes them.
   *
   * @param tags as the document takes them: {@code Key=a,Value=b;Key=c,Value=d}
   * @return why there are none; empty when there are
   */
  public String take(Machine machine, String description, String tags) {
    if (machine.hardware().os() != Hardware.Os.WINDOWS) {
      return "VSS is Windows' own";
    }
    if (rest.has(machine.id(), Rest.Trouble.NO_SHADOWS)) {
      return "Encountered an error while installing AwsVssComponents";
    }
    Map<String, String> asked = new TreeMap<>();
    for (String tag : tags.split(";", -1)) {
      String[] pair = tag.split(",Value=", 2);
      if (pair.length != 2
          || !pair[0].startsWith("Key=")
          || RESERVED.contains(pair[0].substring("Key=".length()))
          || !PLAIN.matcher(pair[0] + pair[1]).matches()) {
        return "Tag " + tag + " cannot be used";
      }
      asked.put(pair[0].substring("Key=".length()), pair[1]);
    }
    try {
      make(machine, description, asked);
      return "";
    } catch (AwsFault refused) {
      return refused.code();
    }
  }

  private void make(Machine machine, String description, Map<String, String> asked) {
    boolean rootOnly = rest.has(machine.id(), Rest.Trouble.ROOT_ONLY);
    boolean poor = rest.has(machine.id(), Rest.Trouble.NOT_VOUCHED);
    List<Volume> volumes = new ArrayList<>();
    Map<String, Map<String, String>> byVolume = new TreeMap<>();
    machine
        .disks()
        .forEach((device, volume) -> {
          if (!rootOnly || volume == machine.root()) {
            volumes.add(volume);
            Map<String, String> tags = new TreeMap<>(asked);
            tags.putIfAbsent("Name", "");
            tags.put("Device", device);
            tags.put("AwsVssConfig", "{\"AwsVssComponents\":\"2.5.0\"}");
            if (!poor) {
              tags.put("AppConsistent", "True");
            }
            byVolume.put(volume.id(), Collections.unmodifiableMap(tags));
          }
        });
    List<Snapshot> set = sets.take(volumes, description, byVolume);
    if (!poor) {
      set.forEach(snapshot -> vouched.add(snapshot.id()));
    }
  }
}
