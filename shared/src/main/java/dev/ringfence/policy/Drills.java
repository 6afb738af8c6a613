package dev.ringfence.policy;

import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Member;
import dev.ringfence.release.json.Shape;
import dev.ringfence.release.json.Times;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How restores are rehearsed on clones.
 *
 * @param subnet where clones are launched: no route leads out of it
 * @param otherSubnets where they are launched when EC2 has no capacity in the first, in this order
 * @param securityGroup what clones are launched with: it lets nothing out
 * @param period within what time each class is proven again
 * @param atOnce how many clones there may be at the same time
 * @param perRun how many machines one run of the schedule drills at the most
 * @param bootWithin how long a restored clone may take to show life
 * @param instanceProfile an instance profile for clones that lets the agent register through an
 *     endpoint in the drill subnet, and nothing else; null for none, and no version is read then
 */
public record Drills(
    String subnet,
    List<String> otherSubnets,
    String securityGroup,
    Duration period,
    int atOnce,
    int perRun,
    Duration bootWithin,
    @Nullable String instanceProfile) {
  public Drills {
    otherSubnets = List.copyOf(otherSubnets);
  }

  /** The schedule runs every six hours, and a class is taken up two runs early. */
  private static final Duration SHORTEST_PERIOD = Duration.ofDays(1);

  /** Half a year: whoever wants less trusts a restore that nobody has seen. */
  static final Duration LONGEST_PERIOD = Duration.ofDays(183);

  /** A clone costs as much as the machine that it stands for. */
  private static final int MOST_AT_ONCE = 50;

  private static final int MOST_PER_RUN = 200;

  /** With the first one as many as the largest Region has zones. */
  private static final int MOST_OTHER_SUBNETS = 5;

  private static final Duration WEEK = Duration.ofDays(7);

  /** Volumes that are filled from a snapshot are slow at first. */
  private static final Duration SLOW_BOOT = Duration.ofMinutes(45);

  private static final Duration LONGEST_BOOT = Duration.ofHours(2);

  private static final Member<Drills, String> SUBNET =
      Member.required(
          "subnet", id("subnet"), "Where clones are launched; no route leads out.", Drills::subnet);

  private static final Member<Drills, List<String>> OTHER_SUBNETS =
      Member.withDefault(
          "otherSubnets",
          Groups.listOf(id("subnet"), 0, MOST_OTHER_SUBNETS),
          List.of(),
          "Subnets like it in other zones, tried in this order when EC2 has no capacity for a"
              + " clone.",
          Drills::otherSubnets);

  private static final Member<Drills, String> SECURITY_GROUP =
      Member.required(
          "securityGroup",
          id("sg"),
          "What clones are launched with; it lets nothing out.",
          Drills::securityGroup);

  private static final Member<Drills, Duration> PERIOD =
      Member.withDefault(
          "period",
          Times.duration(SHORTEST_PERIOD, LONGEST_PERIOD),
          WEEK,
          "Within what time each class of machines is proven again.",
          Drills::period);

  private static final Member<Drills, Integer> AT_ONCE =
      Member.withDefault(
          "atOnce",
          Kinds.count(1, MOST_AT_ONCE),
          5,
          "How many clones there may be at the same time.",
          Drills::atOnce);

  private static final Member<Drills, Integer> PER_RUN =
      Member.withDefault(
          "perRun",
          Kinds.count(1, MOST_PER_RUN),
          15,
          "How many machines one run of the schedule, every six hours, drills at the most.",
          Drills::perRun);

  private static final Member<Drills, Duration> BOOT_WITHIN =
      Member.withDefault(
          "bootWithin",
          Times.duration(Duration.ofMinutes(5), LONGEST_BOOT),
          SLOW_BOOT,
          "How long a restored clone may take to show life.",
          Drills::bootWithin);

  private static final Member<Drills, String> INSTANCE_PROFILE =
      Member.optional(
          "instanceProfile",
          Kinds.text("name", "[\\w+=,.@-]{1,128}", "the name of an instance profile"),
          "For clones, so that their agent reports through an endpoint in the subnet; never that of"
              + " a machine.",
          Drills::instanceProfile);

  static final Shape<Drills> SHAPE =
      Shape.of(
          "drills {subnet, securityGroup, …}",
          List.of(
              SUBNET,
              OTHER_SUBNETS,
              SECURITY_GROUP,
              PERIOD,
              AT_ONCE,
              PER_RUN,
              BOOT_WITHIN,
              INSTANCE_PROFILE),
          values ->
              new Drills(
                  values.get(SUBNET),
                  values.get(OTHER_SUBNETS),
                  values.get(SECURITY_GROUP),
                  values.get(PERIOD),
                  values.get(AT_ONCE),
                  values.get(PER_RUN),
                  values.get(BOOT_WITHIN),
                  values.orNull(INSTANCE_PROFILE)));

  /** The rules that hold when only the network is given. */
  public static Drills in(String subnet, String securityGroup) {
    return new Drills(subnet, List.of(), securityGroup, WEEK, 5, 15, SLOW_BOOT, null);
  }

  /** All subnets, in the order in which they are tried. */
  public List<String> subnets() {
    return Stream.concat(Stream.of(subnet), otherSubnets.stream()).toList();
  }

  private static Kind<String> id(String prefix) {
    return Kinds.text(
        prefix + "-…",
        prefix + "-[0-9a-f]{8,17}",
        "an id such as " + prefix + "-0123456789abcdef0");
  }
}
