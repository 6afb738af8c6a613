package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What each function may do. A test holds it against what the functions do while the lab tells all
 * of its stories: nothing is missing, and nothing is granted that no story uses.
 */
final class Duties {
  private Duties() {}

  static List<PolicyStatement> of(CellFunction function, Grants grants) {
    return switch (function) {
      case RELEASE_PUBLISHED -> releases(grants);
      case ALARM_CHANGED -> alarms(grants);
      case ROLLOUT_BEAT -> rollouts(grants);
      case RESTORE_BEAT -> restores(grants);
      case DRILL_BEAT -> drills(grants);
      case DRILL_SCHEDULE -> schedules(grants);
      case EXPIRY_SWEEP -> sweeps(grants);
      case TABLE_CHANGED -> List.of(grants.speakOnBus());
      case ROLLOUT_CONSOLE -> rolloutConsole(grants);
      case RESTORE_CONSOLE -> restoreConsole(grants);
      case DRILL_CONSOLE -> drillConsole(grants);
      case WIDGET -> widget(grants);
    };
  }

  private static List<PolicyStatement> releases(Grants grants) {
    return List.of(grants.table("GetItem", "PutItem", "Query", "UpdateItem"), grants.startClock());
  }

  /** A halt takes effect in the same call: commands are called back and a restore is started. */
  private static List<PolicyStatement> alarms(Grants grants) {
    return List.of(
        grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        grants.startClock(),
        Grants.anywhere(Unscoped.CANCEL_COMMAND, Unscoped.LIST_COMMANDS));
  }

  private static List<PolicyStatement> rollouts(Grants grants) {
    List<PolicyStatement> duties = new ArrayList<>();
    duties.add(grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"));
    duties.add(grants.startClock());
    duties.add(
        Grants.anywhere(
            Unscoped.DESCRIBE_ALARMS,
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_STATUS,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_SNAPSHOTS,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.CANCEL_COMMAND,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION,
            Unscoped.LIST_COMMANDS,
            Unscoped.LIST_COMMAND_INVOCATIONS));
    duties.addAll(grants.readStops());
    duties.add(grants.readHybridTags());
    duties.add(grants.readCalendars());
    duties.addAll(grants.sendCommands());
    duties.addAll(grants.takeSnapshots());
    duties.addAll(grants.bringToRest());
    return duties;
  }

  private static List<PolicyStatement> restores(Grants grants) {
    List<PolicyStatement> duties = new ArrayList<>();
    duties.add(grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"));
    duties.add(
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_STATUS,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_REPLACE_ROOT_VOLUME_TASKS,
            Unscoped.DESCRIBE_SNAPSHOTS,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.DESCRIBE_AUTO_SCALING_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION,
            Unscoped.LIST_COMMANDS,
            Unscoped.LIST_COMMAND_INVOCATIONS));
    duties.addAll(grants.sendCommands());
    duties.addAll(grants.readStops());
    duties.addAll(grants.replaceRoots());
    duties.addAll(new SwapGrants(grants).ofFleets());
    duties.addAll(grants.useVolumeKeys());
    return duties;
  }

  /** What a drill makes and removes carries the drill tag; machines are only looked at. */
  private static List<PolicyStatement> drills(Grants grants) {
    DrillGrants drills = new DrillGrants(grants);
    List<PolicyStatement> duties = new ArrayList<>();
    duties.add(grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"));
    duties.add(
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_STATUS,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_SNAPSHOTS,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION));
    duties.addAll(grants.readStops());
    duties.add(grants.readHybridTags());
    duties.addAll(drills.rehearse());
    duties.addAll(drills.readVersions());
    duties.addAll(drills.removeClones());
    return duties;
  }

  /** The janitor sweeps first, then drills are begun. */
  private static List<PolicyStatement> schedules(Grants grants) {
    List<PolicyStatement> duties = new ArrayList<>();
    duties.add(grants.table("GetItem", "PutItem", "Query"));
    duties.add(grants.startClock());
    duties.add(
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES, Unscoped.DESCRIBE_SNAPSHOTS, Unscoped.DESCRIBE_VOLUMES));
    duties.addAll(new DrillGrants(grants).removeClones());
    return duties;
  }

  /**
   * Only what an operation wrote a last day on because of a product of this cell, and nothing that
   * a drill made; EC2 itself keeps what is attached, locked, or part of an image.
   */
  private static List<PolicyStatement> sweeps(Grants grants) {
    PolicyStatement expired =
        Grants.allow(
            List.of(grants.snapshots(), grants.volumes()),
            List.of("ec2:DeleteSnapshot", "ec2:DeleteVolume"));
    expired.addCondition(
        "Null",
        Map.of(
            Grants.RESOURCE_TAG + Tags.EXPIRES, "false",
            Grants.RESOURCE_TAG + Tags.OPERATION, "false"));
    // A release is a product and a version, with a space between them.
    expired.addCondition(
        "StringLike",
        Map.of(
            Grants.RESOURCE_TAG + Tags.RELEASE,
            grants.products().stream().map(product -> product + " *").toList()));
    return List.of(
        grants.table("GetItem", "PutItem", "Query"),
        Grants.anywhere(Unscoped.DESCRIBE_SNAPSHOTS, Unscoped.DESCRIBE_VOLUMES),
        expired,
        removeDay(grants));
  }

  /**
   * The day alone, off what an operation of a cell tagged; what has lost its day already may be
   * asked for again, since an answer may be lost. A request that names no key would pass the
   * condition on keys and delete all tags, so it must name one.
   */
  private static PolicyStatement removeDay(Grants grants) {
    PolicyStatement day = Grants.allow(List.of(grants.volumes()), List.of("ec2:DeleteTags"));
    day.addCondition(
        "Null", Map.of(Grants.RESOURCE_TAG + Tags.OPERATION, "false", "aws:TagKeys", "false"));
    day.addCondition("ForAllValues:StringEquals", Map.of("aws:TagKeys", List.of(Tags.EXPIRES)));
    return day;
  }

  /** A halt takes effect in the same call; a plan looks at the fleet first. */
  private static List<PolicyStatement> rolloutConsole(Grants grants) {
    return with(
        grants.readStops(),
        grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        grants.startClock(),
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION,
            Unscoped.CANCEL_COMMAND,
            Unscoped.LIST_COMMANDS),
        grants.readHybridTags());
  }

  /** It begins restores and performs nothing of them: that is the beat's role alone. */
  private static List<PolicyStatement> restoreConsole(Grants grants) {
    return with(
        grants.readStops(),
        grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        grants.startClock(),
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_STATUS,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_SNAPSHOTS,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.DESCRIBE_AUTO_SCALING_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION));
  }

  /** It begins drills and asks them to end: what they make and remove is the beat's role alone. */
  private static List<PolicyStatement> drillConsole(Grants grants) {
    return with(
        grants.readStops(),
        grants.table("GetItem", "PutItem", "Query", "UpdateItem"),
        grants.startClock(),
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_SNAPSHOTS,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION),
        grants.readHybridTags());
  }

  /** The widget has a button for each of the two and asks them in the same function. */
  private static List<PolicyStatement> widget(Grants grants) {
    return with(
        grants.readStops(),
        grants.table("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
        grants.startClock(),
        Grants.anywhere(
            Unscoped.DESCRIBE_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_STATUS,
            Unscoped.DESCRIBE_INSTANCE_TYPES,
            Unscoped.DESCRIBE_SNAPSHOTS,
            Unscoped.DESCRIBE_VOLUMES,
            Unscoped.DESCRIBE_AUTO_SCALING_INSTANCES,
            Unscoped.DESCRIBE_INSTANCE_INFORMATION,
            Unscoped.CANCEL_COMMAND,
            Unscoped.LIST_COMMANDS));
  }

  private static List<PolicyStatement> with(List<PolicyStatement> some, PolicyStatement... others) {
    List<PolicyStatement> all = new ArrayList<>(List.of(others));
    all.addAll(some);
    return all;
  }
}
