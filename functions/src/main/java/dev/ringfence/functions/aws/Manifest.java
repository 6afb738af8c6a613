package dev.ringfence.functions.aws;

import dev.ringfence.contract.Tags;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What a machine was put together of when its restore point was taken, as tags of every snapshot of
 * the set: they are written by the call that takes it, so there is no set without them, and whoever
 * finds a snapshot years later can put the machine together again without us.
 *
 * @param tags at most {@value #DISKS_MAX} disks and a handful of facts
 * @param sourceTags how many tags that volume has which has most of them
 */
record Manifest(Map<String, String> tags, int sourceTags) {
  /** A resource has room for 50 tags ("Tag restrictions"), and a team's own want some of it. */
  static final int DISKS_MAX = 20;

  /** No volume is larger, faster or has more operations than nine digits tell. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private static final String FACTS = "ringfence:built-as";
  private static final String PLATFORM = "ringfence:platform";

  /** The tag that AWS's VSS solution puts on snapshots that it vouches for, and nobody else may. */
  private static final String APP_CONSISTENT = "AppConsistent";

  private static final String DISKS = "ringfence:disks";
  private static final String DISK = "ringfence:disk:";

  Manifest {
    tags = Map.copyOf(tags);
  }

  /**
   * Looks at a machine.
   *
   * @throws SdkClientException when EC2 does not show the machine or one of its volumes at present
   */
  static Manifest read(String machine, RigReader rigs, VolumeReader volumes) {
    Rig rig = rigs.one(machine);
    Set<String> ids =
        rig.devices().values().stream().map(Rig.Attached::volume).collect(Collectors.toSet());
    Map<String, Volume> disks = ids.isEmpty() ? Map.of() : volumes.all(List.copyOf(ids));
    if (!disks.keySet().containsAll(ids)) {
      throw SdkClientException.create("EC2 does not show every volume of " + machine);
    }
    return of(rig, disks);
  }

  /** What a snapshot says of the consistency of its set, or what AWS says of it. */
  static Consistency consistency(List<Tag> tags) {
    return value(tags, Tags.CONSISTENCY)
        .map(Consistency::ofTag)
        .orElse(isAppConsistent(tags) ? Consistency.APPLICATION : Consistency.CRASH);
  }

  /** Whether AWS's VSS solution vouches for it. */
  static boolean isAppConsistent(List<Tag> tags) {
    return value(tags, APP_CONSISTENT).filter(said -> !said.equalsIgnoreCase("false")).isPresent();
  }

  /** How many disks a snapshot's machine had when it was taken; 1 when it does not say. */
  static int disks(List<Tag> tags) {
    return value(tags, DISKS)
        .filter(said -> said.matches("\\d{1,3}"))
        .map(Integer::valueOf)
        .orElse(1);
  }

  private static Optional<String> value(List<Tag> tags, String key) {
    return tags.stream().filter(tag -> tag.key().equals(key)).map(Tag::value).findFirst();
  }

  private static Manifest of(Rig rig, Map<String, Volume> volumes) {
    Map<String, String> tags = new HashMap<>();
    tags.put(
        FACTS,
        "zone=%s image=%s type=%s architecture=%s root=%s"
            .formatted(
                rig.zone(),
                rig.make().image(),
                rig.make().type(),
                rig.make().architecture(),
                rig.rootDevice()));
    tags.put(PLATFORM, rig.make().platform());
    // CreateSnapshots asks neither the system nor its applications to write anything. What was
    // achieved beyond that shows only afterwards, and is written then.
    tags.put(Tags.CONSISTENCY, Consistency.CRASH.tag());
    tags.put(DISKS, Integer.toString(rig.devices().size()));
    new TreeMap<>(rig.devices())
        .entrySet().stream()
            .limit(DISKS_MAX)
            .forEach(at ->
                tags.put(
                    DISK + at.getKey(),
                    disk(
                        at.getValue(),
                        Objects.requireNonNull(volumes.get(at.getValue().volume())))));
    tags.values().removeIf(String::isEmpty);
    return new Manifest(
        tags, volumes.values().stream().mapToInt(one -> one.tags().size()).max().orElse(0));
  }

  /**
   * What the tags of a restore point's snapshot tell of the machine.
   *
   * @param members the snapshots of its set that are at hand, by the volume of which they are
   * @return {@link Blueprint#NONE} when they bear no manifest that can be read
   */
  static Blueprint blueprint(Map<String, String> tags, Map<String, String> members) {
    String root = fields(tags.getOrDefault(FACTS, "")).get("root");
    if (root == null) {
      return Blueprint.NONE;
    }
    Map<String, Blueprint.Piece> pieces = new HashMap<>();
    tags.forEach((name, value) -> {
      if (name.startsWith(DISK)) {
        piece(fields(value), members)
            .ifPresent(piece -> pieces.put(name.substring(DISK.length()), piece));
      }
    });
    return new Blueprint(root, pieces);
  }

  /** Empty when somebody has changed the tag so that it makes no sense any more. */
  private static Optional<Blueprint.Piece> piece(
      Map<String, String> fields, Map<String, String> members) {
    String volume = fields.get("volume");
    String type = fields.get("type");
    Integer gibibytes = number(fields.get("gib"));
    if (volume == null || type == null || gibibytes == null) {
      return Optional.empty();
    }
    Disk disk =
        new Disk(
            type,
            gibibytes,
            number(fields.get("iops")),
            number(fields.get("throughput")),
            fields.get("key"));
    boolean deletes = Boolean.parseBoolean(fields.get("deleteOnTermination"));
    return Optional.of(new Blueprint.Piece(volume, disk, deletes, members.get(volume)));
  }

  private static @Nullable Integer number(@Nullable String digits) {
    return digits != null && NUMBER.matcher(digits).matches() ? Integer.valueOf(digits) : null;
  }

  /** Names and values as they were written, with spaces between; no value has one. */
  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(" ", -1)) {
      int is = field.indexOf('=');
      if (is > 0) {
        fields.put(field.substring(0, is), field.substring(is + 1));
      }
    }
    return fields;
  }

  private static String disk(Rig.Attached attached, Volume volume) {
    Disk disk = volume.disk();
    StringBuilder text = new StringBuilder("volume=").append(volume.id());
    text.append(" type=").append(disk.type()).append(" gib=").append(disk.gibibytes());
    if (disk.iops() != null) {
      text.append(" iops=").append(disk.iops());
    }
    if (disk.throughput() != null) {
      text.append(" throughput=").append(disk.throughput());
    }
    text.append(" deleteOnTermination=").append(attached.deleteOnTermination());
    if (disk.key() != null) {
      text.append(" key=").append(disk.key());
    }
    return text.toString();
  }
}
