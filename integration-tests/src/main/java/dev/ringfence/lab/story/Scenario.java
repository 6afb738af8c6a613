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
  PARTIAL("a release that cannot be installed on 2 % of machines, which live on without it");

  private static final Duration LEAK = Duration.ofHours(2);
  private static final double NOT_INSTALLABLE = 0.02;

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
      case HEALTHY, AZ_OUTAGE -> new Behaviour.Healthy();
      case BLUE_SCREEN -> new Behaviour.BlueScreen();
      case BOOT_LOOP_IN_ONE_STRATUM -> new Behaviour.BootLoop(Stratum.ofFamily("t3"));
      case SLOW_LEAK -> new Behaviour.SlowLeak(LEAK);
      case AGENT_KILLER -> new Behaviour.AgentKiller();
      case PARTIAL -> new Behaviour.InstallFails(NOT_INSTALLABLE);
    };
  }

  /**
   * A boot loop shows at a boot, so that release is new code, which reboots; all others are
   * content.
   */
  Channel channel() {
    return this == BOOT_LOOP_IN_ONE_STRATUM ? Channel.CAPABILITY : Channel.CONTENT;
  }

  /** Whether the roll-out may end in a phase of this title. */
  boolean mayEndIn(String phase) {
    return switch (this) {
      case HEALTHY, AZ_OUTAGE -> phase.equals("SUCCEEDED");
      case BLUE_SCREEN, BOOT_LOOP_IN_ONE_STRATUM, SLOW_LEAK, AGENT_KILLER -> phase.equals("HALTED");
      // A few machines without the update are reported; more than chance explains are a person's
      // matter.
      case PARTIAL -> phase.equals("SUCCEEDED") || phase.equals("NEEDS_PERSON");
    };
  }

  /** Whether it is told with a good release going out first. */
  boolean hasPrologue() {
    return this != HEALTHY && this != AZ_OUTAGE;
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
