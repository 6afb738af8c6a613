package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.ebs.ShadowCopies;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Rest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the documents do on a machine, and how long they take. */
final class Work {
  /** The value of the install document's {@code reboot} that reboots after reporting Success. */
  private static final String REBOOT_AFTER = "after";

  private static final String REBOOT_NEVER = "never";

  /** An installer runs for some seconds. */
  private static final Duration INSTALL_LEAST = Duration.ofSeconds(5);

  private static final Duration INSTALL_MOST = Duration.ofSeconds(40);

  /** A script that prints two lines is quick even on a busy machine. */
  private static final Duration SCRIPT_LEAST = Duration.ofSeconds(1);

  private static final Duration SCRIPT_MOST = Duration.ofSeconds(3);

  private final Life life;
  private final Chance chance;
  private final Rest rest;
  private final ShadowCopies shadows;

  /** VSS installs or renews its components, waits for its writers, and tags what it made. */
  private static final Duration SHADOWS_LEAST = Duration.ofSeconds(20);

  private static final Duration SHADOWS_MOST = Duration.ofMinutes(3);

  /** How the first line of a script begins that concerns a machine's rest. */
  private static final Pattern REST =
      Pattern.compile("# ringfence (freeze|thaw) (\\S+) ([0-9]{1,4})");

  Work(Life life, Chance chance, Rest rest, ShadowCopies shadows) {
    this.life = life;
    this.chance = chance;
    this.rest = rest;
    this.shadows = shadows;
  }

  static boolean acceptsReboot(@Nullable String reboot) {
    return reboot == null || reboot.equals(REBOOT_AFTER) || reboot.equals(REBOOT_NEVER);
  }

  Duration duration(Invocation invocation) {
    Command.Order order = invocation.command.order;
    Matcher ours = REST.matcher(orEmpty(order.parameter("commands")));
    if (ours.matches()
        && ours.group(1).equals("freeze")
        && rest.has(invocation.machine.id(), Rest.Trouble.COMMANDS_HANG)) {
      return Duration.ofSeconds(Long.parseLong(ours.group(3)) / 2);
    }
    if (order.document().action() == Documents.Action.SHADOWS) {
      return chance.between(
          "run " + order.id(), invocation.machine.id(), 0, SHADOWS_LEAST, SHADOWS_MOST);
    }
    boolean script = order.document().action() != Documents.Action.INSTALL;
    return chance.between(
        "run " + order.id(),
        invocation.machine.id(),
        0,
        script ? SCRIPT_LEAST : INSTALL_LEAST,
        script ? SCRIPT_MOST : INSTALL_MOST);
  }

  Invocation.Outcome perform(Invocation invocation) {
    Command.Order order = invocation.command.order;
    Machine machine = invocation.machine;
    String product = orEmpty(order.parameter("product"));
    return switch (order.document().action()) {
      case NO_OP -> new Invocation.Outcome(0, "", false);
      case READ_VERSION -> new Invocation.Outcome(0, report(machine, product), false);
      case WITHDRAW -> {
        life.erase(machine, product);
        yield new Invocation.Outcome(0, "withdrawn " + product + "\n", false);
      }
      case INSTALL -> install(machine, product, order);
      case SHELL -> shell(machine, order);
      case SHADOWS -> shadows(machine, order);
    };
  }

  private Invocation.Outcome shell(Machine machine, Command.Order order) {
    Matcher ours = REST.matcher(orEmpty(order.parameter("commands")));
    if (!ours.matches()) {
      return new Invocation.Outcome(0, "", false);
    }
    String key = ours.group(2);
    String said =
        ours.group(1).equals("thaw")
            ? rest.thaw(key)
            : rest.freeze(machine.id(), key, Duration.ofSeconds(Long.parseLong(ours.group(3))));
    boolean fails = said.endsWith("failed") || said.endsWith("late");
    return new Invocation.Outcome(fails ? 1 : 0, said + "\n", false);
  }

  private Invocation.Outcome shadows(Machine machine, Command.Order order) {
    String why =
        shadows.take(
            machine, orEmpty(order.parameter("description")), orEmpty(order.parameter("tags")));
    return new Invocation.Outcome(why.isEmpty() ? 0 : 1, why, false);
  }

  private Invocation.Outcome install(Machine machine, String product, Command.Order order) {
    String version = orEmpty(order.parameter("version"));
    boolean reboots = REBOOT_AFTER.equals(order.parameter("reboot"));
    if (life.refuses(machine, product, version)) {
      return new Invocation.Outcome(1, "cannot install " + product + " " + version + "\n", false);
    }
    if (version.equals(machine.installed(product))) {
      return new Invocation.Outcome(0, "already there: " + product + " " + version + "\n", false);
    }
    life.write(machine, product, version);
    if (!reboots) {
      life.load(machine, product, version);
    }
    return new Invocation.Outcome(0, "installed " + product + " " + version + "\n", reboots);
  }

  private static String report(Machine machine, String product) {
    String installed = machine.installed(product);
    return "version="
        + (installed == null ? "none" : installed)
        + "\nbooted="
        + machine.bootedAt()
        + "\n";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
