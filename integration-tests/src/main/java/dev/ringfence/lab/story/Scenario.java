package dev.ringfence.lab.story;

import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.release.Channel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A story that the lab can tell: what the second release does to machines, and how that must end.
 */
public enum Scenario {
  HEALTHY("a good release goes ring by ring to everybody"),
  BLUE_SCREEN("a release that blue-screens whoever loads it, as in July 2024"),
  BOOT_LOOP_IN_ONE_STRATUM("a release that breaks only one kind of machine: t3 instances"),
  SLOW_LEAK("a release that kills machines two hours after they took it"),
  AGENT_KILLER("a release that stops the SSM agent while the machine looks fine to EC2"),
  AZ_OUTAGE("a good release while one Availability Zone goes dark for 40 minutes"),
  PARTIAL("a release that cannot be installed on 2 % of machines, which live on without it"),
  DRILL("drills find that snapshots of t3 machines do not boot, before new code goes out"),
  RESTORE_STORM("everybody has a release when all machines crash at once");

  private static final Duration LEAK = Duration.ofHours(2);
  private static final double NOT_INSTALLABLE = 0.02;

  /** Enough that every kind of machine is there, and told in seconds. */
  private static final int MACHINES = 200;

  /** As many as a bad night may hurt at once. */
  private static final int MACHINES_IN_STORM = 1_000;

  private final String sentence;

  Scenario(String sentence) {
    this.sentence = sentence;
  }

  /** What happens, in one sentence. */
  public String sentence() {
    return sentence;
  }

  Behaviour behaviour() {
    return switch (this) {
      case HEALTHY, AZ_OUTAGE, DRILL, RESTORE_STORM -> new Behaviour.Healthy();
      case BLUE_SCREEN -> new Behaviour.BlueScreen();
      case BOOT_LOOP_IN_ONE_STRATUM -> new Behaviour.BootLoop(Stratum.ofFamily("t3"));
      case SLOW_LEAK -> new Behaviour.SlowLeak(LEAK);
      case AGENT_KILLER -> new Behaviour.AgentKiller();
      case PARTIAL -> new Behaviour.InstallFails(NOT_INSTALLABLE);
    };
  }

  /**
   * A boot loop shows at a boot, so that release is new code, which reboots, and only new code asks
   * for drills; all others are content.
   */
  Channel channel() {
    return this == BOOT_LOOP_IN_ONE_STRATUM || this == DRILL ? Channel.CAPABILITY : Channel.CONTENT;
  }

  /** Whether the roll-out may end in a phase of this title. */
  boolean mayEndIn(String phase) {
    return switch (this) {
      case HEALTHY, AZ_OUTAGE, DRILL -> phase.equals("SUCCEEDED");
      case BLUE_SCREEN, BOOT_LOOP_IN_ONE_STRATUM, SLOW_LEAK, AGENT_KILLER, RESTORE_STORM ->
          phase.equals("HALTED");
      // A few machines without the update are reported; more than chance explains are a person's
      // matter.
      case PARTIAL -> phase.equals("SUCCEEDED") || phase.equals("NEEDS_PERSON");
    };
  }

  /** Whether it is told with a good release going out first. */
  boolean hasPrologue() {
    return switch (this) {
      case HEALTHY, AZ_OUTAGE, DRILL, RESTORE_STORM -> false;
      case BLUE_SCREEN, BOOT_LOOP_IN_ONE_STRATUM, SLOW_LEAK, AGENT_KILLER, PARTIAL -> true;
    };
  }

  /** How many machines it is told of when nobody says how many. */
  int usualMachines() {
    return this == RESTORE_STORM ? MACHINES_IN_STORM : MACHINES;
  }

  /** The name as it is written on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Scenario> of(String title) {
    return Arrays.stream(values()).filter(scenario -> scenario.title().equals(title)).findFirst();
  }

  public static List<String> titles() {
    return Arrays.stream(values()).map(Scenario::title).toList();
  }
}
