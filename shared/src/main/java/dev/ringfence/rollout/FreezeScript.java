package dev.ringfence.rollout;

import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What runs on a Linux machine to hold it still and to let it go, for POSIX's {@code sh} as root.
 *
 * <p>A machine that cannot be reached any more must not stay frozen, so the timer that lets it go
 * is running before anything is frozen, in a session of its own. Whoever lets it go, the timer or
 * the thaw, takes the one directory {@code claimed}; who comes second finds it and says so, by
 * which we know whether the freeze held until the thaw. A freeze that is delivered after its thaw
 * finds the thaw's directory and does nothing, and so does one that is delivered twice. All state
 * is in {@code /run}, a file system in memory that nobody freezes.
 */
final class FreezeScript {
  /** The machine holds still. */
  static final String FROZEN = "ringfence=frozen";

  /** It held still until this very thaw. */
  static final String HELD = "ringfence=held";

  /** What lets it go did not work. */
  static final String STUCK = "ringfence=stuck";

  /** How long after a freeze has ended for sure the thaw stops to wait for it. */
  private static final long SPARE_SECONDS = 5;

  /** Commands that let an application go and fail are tried so often, every five seconds. */
  private static final int TIMER_TRIES = 720;

  /**
   * File systems with data: neither the one of the root nor any that the agent writes to, since a
   * frozen agent could not answer. Each is noted before it is frozen.
   */
  private static final List<String> FREEZE_DATA =
      List.of(
          "skip=\" $(for p in / /boot /etc /home /opt /root /run /tmp /usr /var /var/lib /var/log"
              + " /var/tmp; do findmnt -rno MAJ:MIN -T \"$p\"; done | tr '\\n' ' ') \"",
          "findmnt -rno MAJ:MIN,TARGET -t ext2,ext3,ext4,xfs | sort -u -k1,1 | {",
          "  while read -r device at; do",
          "    case \"$skip\" in *\" $device \"*) continue ;; esac",
          "    echo \"$at\" >> \"$1/mounts\"",
          "    fsfreeze -f \"$at\" || exit 1",
          "  done",
          "} || exit 1",
          "[ -s \"$1/mounts\" ] || { echo 'no file system but those of the system'; exit 1; }");

  private static final List<String> THAW_DATA =
      List.of(
          "[ -e \"$1/mounts\" ] || exit 0",
          "while read -r at; do fsfreeze -u \"$at\" 2>/dev/null; done < \"$1/mounts\"",
          "exit 0");

  private FreezeScript() {}

  /** How long the commands of before may take: the other half is for starting the snapshots. */
  static Duration forCommands(ChannelPolicy policy) {
    return policy.freezeLimit().dividedBy(2);
  }

  /**
   * How long a script may run at the most: to flush and to freeze, or to wait for that, and to let
   * go take as long as the limit each, and some seconds more.
   */
  static Duration running(ChannelPolicy policy) {
    return policy.freezeLimit().multipliedBy(3);
  }

  /**
   * Holds a machine still; ends with {@link #FROZEN}, or fails and has let it go.
   *
   * @param key the freeze's key, of letters, digits and hyphens
   */
  static List<String> freeze(String key, ChannelPolicy policy) {
    boolean own = policy.beforeSnapshot().isEmpty();
    long limit = policy.freezeLimit().toSeconds();
    List<String> lines = new ArrayList<>();
    lines.add("# ringfence freeze " + key + " " + limit);
    lines.add("umask 077");
    lines.addAll(place(key));
    // Without these nothing could be promised.
    lines.add("for tool in setsid timeout; do");
    lines.add("  command -v $tool >/dev/null || { echo \"ringfence=unable: $tool\"; exit 1; }");
    lines.add("done");
    lines.add("mkdir -p \"${dir%/*}\"");
    lines.add("mkdir \"$dir\" 2>/dev/null || { echo ringfence=late; exit 1; }");
    lines.add(": > \"$dir/busy\"");
    file(lines, key, "before", own ? FREEZE_DATA : strictly(policy.beforeSnapshot()));
    file(lines, key, "after", own ? THAW_DATA : policy.afterSnapshot());
    file(lines, key, "thaw", letGo(limit));
    file(lines, key, "timer", timer(limit));
    lines.addAll(hold(limit, forCommands(policy).toSeconds()));
    return lines;
  }

  /** One line that fails is enough: nothing is at rest then that somebody could vouch for. */
  private static List<String> strictly(List<String> script) {
    return Stream.concat(Stream.of("set -e"), script.stream()).toList();
  }

  private static List<String> hold(long limit, long half) {
    return List.of(
        "timeout -k 2 " + half + " sync",
        "[ -e \"$dir/claimed\" ] && { echo ringfence=late; exit 1; }",
        "setsid sh \"$dir/timer\" \"$dir\" </dev/null >/dev/null 2>&1 &",
        "timeout -k 2 " + half + " sh \"$dir/before\" \"$dir\"",
        "done=$?",
        "rm -f \"$dir/busy\"",
        "if [ $done -eq 0 ] && [ ! -e \"$dir/claimed\" ]; then",
        "  : > \"$dir/frozen\"",
        "  echo " + FROZEN,
        "else",
        "  timeout -k 2 " + limit + " sh \"$dir/after\" \"$dir\"",
        "  sh \"$dir/thaw\" \"$dir\"",
        "  echo ringfence=failed",
        "  exit 1",
        "fi");
  }

  /**
   * Lets a machine go; ends with {@link #HELD} when it held still until now.
   *
   * @param key the freeze's key
   */
  static List<String> thaw(String key, ChannelPolicy policy) {
    long limit = policy.freezeLimit().toSeconds();
    List<String> lines = new ArrayList<>();
    lines.add("# ringfence thaw " + key + " " + limit);
    lines.add("umask 077");
    lines.addAll(place(key));
    lines.add("mkdir -p \"${dir%/*}\"");
    lines.add("mkdir \"$dir\" 2>/dev/null && { echo ringfence=never; exit 0; }");
    lines.add("waited=0");
    lines.add(
        "while [ $waited -lt "
            + (limit + SPARE_SECONDS)
            + " ] && { [ -e \"$dir/busy\" ] || [ ! -e \"$dir/timer\" ]; }; do");
    lines.add("  [ -e \"$dir/thawed\" ] && break");
    lines.add("  sleep 1");
    lines.add("  waited=$((waited + 1))");
    lines.add("done");
    lines.add("[ -e \"$dir/thaw\" ] || { echo ringfence=never; exit 0; }");
    lines.add("exec sh \"$dir/thaw\" \"$dir\"");
    return lines;
  }

  private static List<String> place(String key) {
    return List.of("dir=${RINGFENCE_RUN:-/run/ringfence}/" + key);
  }

  private static List<String> letGo(long limit) {
    return List.of(
        "mkdir \"$1/claimed\" 2>/dev/null || { echo ringfence=expired; exit 0; }",
        "if timeout -k 2 " + limit + " sh \"$1/after\" \"$1\"; then",
        "  : > \"$1/thawed\"",
        "  if [ -e \"$1/frozen\" ]; then echo " + HELD + "; else echo ringfence=loose; fi",
        "else",
        "  rmdir \"$1/claimed\"",
        "  echo " + STUCK,
        "  exit 1",
        "fi");
  }

  private static List<String> timer(long limit) {
    return List.of(
        "sleep " + limit,
        "tries=0",
        "while [ ! -e \"$1/thawed\" ] && [ $tries -lt " + TIMER_TRIES + " ]; do",
        "  sh \"$1/thaw\" \"$1\"",
        "  [ -e \"$1/thawed\" ] || sleep 5",
        "  tries=$((tries + 1))",
        "done");
  }

  /** A here-document whose end nobody else's line can be, since it bears the key. */
  private static void file(List<String> lines, String key, String name, List<String> content) {
    String end = "end-of-" + name + "-" + key;
    lines.add("cat > \"$dir/" + name + "\" <<'" + end + "'");
    lines.addAll(content);
    lines.add(end);
  }
}
