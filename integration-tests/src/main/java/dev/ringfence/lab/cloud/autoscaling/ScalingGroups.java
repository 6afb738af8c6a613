package dev.ringfence.lab.cloud.autoscaling;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.autoscaling.ScalingGroup.Lifecycle;
import dev.ringfence.lab.cloud.ec2.Images;
import dev.ringfence.lab.cloud.ec2.Launches;
import dev.ringfence.lab.cloud.ec2.PowerControl;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps groups at their size: a member in service that is found stopped is terminated, and whoever
 * is missing is launched anew from the image.
 */
public final class ScalingGroups {
  /** The tag that Auto Scaling puts on its members. */
  public static final String TAG = "aws:autoscaling:groupName";

  /** Auto Scaling's health check notices a stopped member within minutes and replaces it. */
  private static final Duration NOTICED_LEAST = Duration.ofMinutes(1);

  private static final Duration NOTICED_MOST = Duration.ofMinutes(5);

  /** A member is in standby, or back in service, some seconds after it was asked for. */
  private static final Duration MOVES_LEAST = Duration.ofSeconds(2);

  private static final Duration MOVES_MOST = Duration.ofSeconds(20);

  private final VirtualClock clock;
  private final Chance chance;
  private final Fleet fleet;
  private final PowerControl power;
  private final Launches launches;
  private final Images images;
  private final Map<String, ScalingGroup> groups = new TreeMap<>();
  private final Map<String, ScalingGroup> byMember = new TreeMap<>();
  private long turns;

  public ScalingGroups(
      VirtualClock clock,
      Chance chance,
      Fleet fleet,
      PowerControl power,
      Launches launches,
      Images images) {
    this.clock = clock;
    this.chance = chance;
    this.fleet = fleet;
    this.power = power;
    this.launches = launches;
    this.images = images;
    fleet.instances().forEach(this::enroll);
    power.onDown(this::looksAt);
  }

  /** A group is as large as it was found; it may be scaled in to nothing, and out to double. */
  private void enroll(Machine machine) {
    String name = machine.tags().get(TAG);
    if (name == null) {
      return;
    }
    ScalingGroup group = groups.computeIfAbsent(name, ScalingGroup::new);
    put(group, machine, Lifecycle.IN_SERVICE);
    group.desired++;
    group.most += 2;
  }

  private void put(ScalingGroup group, Machine machine, Lifecycle state) {
    group.members.put(machine.id(), state);
    byMember.put(machine.id(), group);
  }

  /** From now on a group may not be scaled in below a size. */
  public void least(String name, int size) {
    group(name).least = size;
  }

  List<ScalingGroup> all() {
    return List.copyOf(groups.values());
  }

  ScalingGroup group(@Nullable String name) {
    ScalingGroup group = name == null ? null : groups.get(name);
    if (group == null) {
      throw refusal("AutoScalingGroup name not found - no such group: " + name);
    }
    return group;
  }

  @Nullable ScalingGroup groupOf(String instanceId) {
    return byMember.get(instanceId);
  }

  void enterStandby(ScalingGroup group, List<String> ids, boolean decrement) {
    expect(group, ids, Lifecycle.IN_SERVICE);
    if (decrement) {
      scaleIn(group, ids.size());
    }
    ids.forEach(id -> move(group, id, Lifecycle.ENTERING_STANDBY, Lifecycle.STANDBY));
    fill(group);
  }

  void exitStandby(ScalingGroup group, List<String> ids) {
    expect(group, ids, Lifecycle.STANDBY);
    if (group.desired + ids.size() > group.most) {
      throw refusal("AutoScalingGroup " + group.name + " would grow above its MaxSize");
    }
    group.desired += ids.size();
    ids.forEach(id -> move(group, id, Lifecycle.PENDING, Lifecycle.IN_SERVICE));
  }

  void terminate(ScalingGroup group, Machine machine, boolean decrement) {
    if (decrement) {
      scaleIn(group, 1);
    }
    group.members.put(machine.id(), Lifecycle.TERMINATING);
    power.terminate(machine);
  }

  private static void scaleIn(ScalingGroup group, int by) {
    if (group.desired - by < group.least) {
      throw refusal(
          "AutoScalingGroup "
              + group.name
              + " has min-size="
              + group.least
              + ", max-size="
              + group.most
              + ", and desired-size="
              + group.desired
              + ". To place into standby would violate group's min size constraint.");
    }
    group.desired -= by;
  }

  private static void expect(ScalingGroup group, List<String> ids, Lifecycle wanted) {
    for (String id : ids) {
      Lifecycle state = group.members.get(id);
      if (state != wanted) {
        throw refusal(
            "The instance "
                + id
                + " is "
                + (state == null ? "not part of " + group.name : "in " + state.wire())
                + ", and not in "
                + wanted.wire()
                + ".");
      }
    }
  }

  private void move(ScalingGroup group, String id, Lifecycle now, Lifecycle then) {
    group.members.put(id, now);
    clock.after(
        chance.between("scaling", id, turns++, MOVES_LEAST, MOVES_MOST),
        () -> {
          if (group.members.get(id) == now) {
            group.members.put(id, then);
            Machine machine = fleet.instance(id);
            if (machine != null && machine.power() != Machine.Power.RUNNING) {
              looksAt(machine);
            }
          }
        });
  }

  /** A member is down: if it is in service a health check will notice. */
  private void looksAt(Machine machine) {
    ScalingGroup group = byMember.get(machine.id());
    if (group == null) {
      return;
    }
    if (machine.power() == Machine.Power.TERMINATED) {
      byMember.remove(machine.id());
      group.members.remove(machine.id());
      fill(group);
      return;
    }
    clock.after(
        chance.between("scaling-health", machine.id(), turns++, NOTICED_LEAST, NOTICED_MOST),
        () -> {
          if (machine.power() == Machine.Power.STOPPED
              && group.members.get(machine.id()) == Lifecycle.IN_SERVICE) {
            terminate(group, machine, false);
          }
        });
  }

  private void fill(ScalingGroup group) {
    List<Machine> patterns = new ArrayList<>();
    fleet.instances().stream()
        .filter(machine -> group.name.equals(machine.tags().get(TAG)))
        .forEach(patterns::add);
    while (group.counted() < group.desired && !patterns.isEmpty()) {
      Machine fresh = launches.launch(like(patterns.getFirst()));
      group.members.put(fresh.id(), Lifecycle.PENDING);
      byMember.put(fresh.id(), group);
      move(group, fresh.id(), Lifecycle.PENDING, Lifecycle.IN_SERVICE);
    }
  }

  /** The group's launch template, which is what its members were launched by. */
  private Launches.Order like(Machine member) {
    Images.Image image =
        images.of(member.hardware().imageId()).orElseThrow(IllegalStateException::new);
    return new Launches.Order(
        image,
        member.hardware().instanceType(),
        member.hardware().zone(),
        member.settings().subnetId(),
        member.settings().securityGroups(),
        member.settings().profileArn(),
        image.rootGib(),
        "",
        true,
        member.tags(),
        Map.of(),
        "");
  }

  static AwsFault refusal(String message) {
    return new AwsFault("ValidationError", 400, message);
  }
}
