package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Quiescence;
import dev.ringfence.release.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts, run by this machine's own {@code sh}. Instead of an application they stop a file: it
 * is there while something is stopped, and a log says what was done in which order.
 */
class FreezeScriptTest {
  private static final String KEY = "rf-0123456789ab-i-0-freeze1";

  /** What a policy may ask for at the least, and what a test can wait for. */
  private static final Duration POLICY_LIMIT = Duration.ofSeconds(20);

  @TempDir Path dir;

  private ChannelPolicy policy(String before) {
    return ChannelPolicy.defaults(Channel.CAPABILITY)
        .with(Quiescence.FREEZE_LIMIT, POLICY_LIMIT)
        .with(Quiescence.BEFORE_SNAPSHOT, List.of("echo before >> " + dir + "/log", before))
        .with(
            Quiescence.AFTER_SNAPSHOT,
            List.of("echo after >> " + dir + "/log", "rm -f " + dir + "/stopped"));
  }

  private ChannelPolicy stopping() {
    return policy("touch " + dir + "/stopped");
  }

  /** Twenty seconds become two and ten become one; everything else stays. */
  private static List<String> quick(List<String> script) {
    List<String> quick = new ArrayList<>();
    for (String line : script) {
      quick.add(
          line.replaceAll("(timeout -k 2|^sleep) 20\\b", "$1 2")
              .replaceAll("timeout -k 2 10\\b", "timeout -k 2 1")
              .replace("sleep 5", "sleep 1"));
    }
    return quick;
  }

  private record Ran(int code, String said) {}

  private Ran run(List<String> script) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            Files.createTempFile(dir, "script", ".sh"), String.join("\n", quick(script)));
    Path said = Files.createTempFile(dir, "said", ".txt");
    ProcessBuilder builder = new ProcessBuilder("sh", file.toString());
    builder.environment().put("RINGFENCE_RUN", dir.resolve("run").toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "the script hangs");
    return new Ran(process.exitValue(), Files.readString(said).strip());
  }

  private boolean isStopped() {
    return Files.exists(dir.resolve("stopped"));
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(dir.resolve("log"));
  }

  /** Waits for something that the timer does, at most ten seconds. */
  private void until(Path there) throws InterruptedException {
    for (int i = 0; i < 100 && !Files.exists(there); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertTrue(Files.exists(there), "never came: " + there);
  }

  private Path state(String name) {
    return dir.resolve("run").resolve(KEY).resolve(name);
  }

  @Test
  void frozenMachine_saysThatItHeldStillUntilItsThaw() throws Exception {
    assertEquals(new Ran(0, "ringfence=frozen"), run(FreezeScript.freeze(KEY, stopping())));
    assertTrue(isStopped());
    assertEquals(new Ran(0, "ringfence=held"), run(FreezeScript.thaw(KEY, stopping())));
    assertFalse(isStopped());
    assertEquals(List.of("before", "after"), log());
  }

  @Test
  void machineThatNobodyLetsGo_goesOnByItselfAndSaysSo() throws Exception {
    run(FreezeScript.freeze(KEY, stopping()));
    until(state("thawed"));
    assertFalse(isStopped());
    assertEquals(new Ran(0, "ringfence=expired"), run(FreezeScript.thaw(KEY, stopping())));
    assertEquals(List.of("before", "after"), log());
  }

  @Test
  void freezeThatComesAfterItsThaw_doesNothing() throws Exception {
    assertEquals(new Ran(0, "ringfence=never"), run(FreezeScript.thaw(KEY, stopping())));
    assertEquals(new Ran(1, "ringfence=late"), run(FreezeScript.freeze(KEY, stopping())));
    assertFalse(isStopped());
    assertFalse(Files.exists(dir.resolve("log")));
  }

  @Test
  void freezeThatIsDeliveredTwice_freezesOnce() throws Exception {
    run(FreezeScript.freeze(KEY, stopping()));
    assertEquals(new Ran(1, "ringfence=late"), run(FreezeScript.freeze(KEY, stopping())));
    assertEquals(new Ran(0, "ringfence=held"), run(FreezeScript.thaw(KEY, stopping())));
    assertEquals(new Ran(0, "ringfence=expired"), run(FreezeScript.thaw(KEY, stopping())));
    assertEquals(List.of("before", "after"), log());
  }

  @Test
  void commandsThatFail_areTakenBackAtOnce() throws Exception {
    Ran ran = run(FreezeScript.freeze(KEY, policy("touch " + dir + "/stopped; exit 3")));
    assertEquals(1, ran.code());
    assertTrue(ran.said().endsWith("ringfence=failed"), ran.said());
    assertFalse(isStopped());
  }

  @Test
  void oneCommandThatFails_isEnough() throws Exception {
    List<String> before = List.of("touch " + dir + "/stopped", "false", "true");
    ChannelPolicy halfway = stopping().with(Quiescence.BEFORE_SNAPSHOT, before);
    Ran ran = run(FreezeScript.freeze(KEY, halfway));
    assertEquals(1, ran.code());
    assertFalse(isStopped());
  }

  @Test
  void commandsThatHang_areStoppedInHalfOfTheTimeAndTakenBack() throws Exception {
    Ran ran = run(FreezeScript.freeze(KEY, policy("touch " + dir + "/stopped; sleep 15")));
    assertEquals(1, ran.code());
    assertTrue(ran.said().endsWith("ringfence=failed"), ran.said());
    assertFalse(isStopped());
  }

  @Test
  void thawThatComesWhileCommandsStillRun_waitsForThem() throws Exception {
    ChannelPolicy slow = policy("sleep 0.7; touch " + dir + "/stopped");
    Path file =
        Files.writeString(
            dir.resolve("slow.sh"), String.join("\n", quick(FreezeScript.freeze(KEY, slow))));
    ProcessBuilder builder = new ProcessBuilder("sh", file.toString());
    builder.environment().put("RINGFENCE_RUN", dir.resolve("run").toString());
    Process freeze =
        builder.redirectErrorStream(true).redirectOutput(dir.resolve("slow.txt").toFile()).start();
    until(state("busy"));
    assertEquals(new Ran(0, "ringfence=held"), run(FreezeScript.thaw(KEY, slow)));
    assertTrue(freeze.waitFor(20, TimeUnit.SECONDS));
    assertFalse(isStopped());
  }

  @Test
  void applicationThatDoesNotGoOn_isToldAgainByTheTimer() throws Exception {
    ChannelPolicy stubborn =
        stopping()
            .with(
                Quiescence.AFTER_SNAPSHOT,
                List.of(
                    "echo after >> " + dir + "/log",
                    "[ $(grep -c after " + dir + "/log) -ge 2 ] && rm -f " + dir + "/stopped"));
    run(FreezeScript.freeze(KEY, stubborn));
    assertEquals(new Ran(1, "ringfence=stuck"), run(FreezeScript.thaw(KEY, stubborn)));
    assertTrue(isStopped());
    until(state("thawed"));
    assertFalse(isStopped());
    assertEquals(List.of("before", "after", "after"), log());
  }

  @Test
  void withoutCommands_thereIsNothingToFreezeOnAMachineWithItsSystemsDiskAlone() throws Exception {
    ChannelPolicy none =
        ChannelPolicy.defaults(Channel.CAPABILITY).with(Quiescence.FREEZE_LIMIT, POLICY_LIMIT);
    Path tools = Files.createDirectories(dir.resolve("tools"));
    Files.writeString(
        tools.resolve("findmnt"),
        "#!/bin/sh\ncase \"$*\" in *-T*) echo 259:1 ;; *) echo '259:1 /'; echo '259:2 /data' ;; esac\n");
    Files.writeString(tools.resolve("fsfreeze"), "#!/bin/sh\necho \"$@\" >> " + dir + "/frozen\n");
    for (String tool : List.of("findmnt", "fsfreeze")) {
      assertTrue(tools.resolve(tool).toFile().setExecutable(true));
    }
    String path = "PATH=" + tools + ":$PATH; export PATH";
    List<String> freeze = new ArrayList<>(FreezeScript.freeze(KEY, none));
    freeze.add(1, path);
    assertEquals(new Ran(0, "ringfence=frozen"), run(freeze));
    List<String> thaw = new ArrayList<>(FreezeScript.thaw(KEY, none));
    thaw.add(1, path);
    assertEquals(new Ran(0, "ringfence=held"), run(thaw));
    assertEquals(List.of("-f /data", "-u /data"), Files.readAllLines(dir.resolve("frozen")));
    Files.writeString(
        tools.resolve("findmnt"),
        "#!/bin/sh\ncase \"$*\" in *-T*) echo 259:1 ;; *) echo '259:1 /' ;; esac\n");
    List<String> alone = new ArrayList<>(FreezeScript.freeze(KEY + "x", none));
    alone.add(1, path);
    Ran ran = run(alone);
    assertEquals(1, ran.code());
    assertTrue(ran.said().endsWith("ringfence=failed"), ran.said());
  }
}
