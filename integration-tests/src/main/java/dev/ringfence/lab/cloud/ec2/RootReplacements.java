package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.disk.Warming;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries replacements of root volumes out: the machine goes down, its root is exchanged for a new
 * volume with the snapshot's content, and it boots from that. Nothing announces it; one has to ask.
 */
public final class RootReplacements {
  /** How a replacement can go wrong. */
  public enum Failure {
    /** The old root stays and the machine is rebooted from it. */
    OLD_ROOT_KEPT,
    /** The machine is left without any root. */
    DETACHED
  }

  /** A task waits some seconds before EC2 takes it up. */
  private static final Duration PENDING_LEAST = Duration.ofSeconds(5);

  private static final Duration PENDING_MOST = Duration.ofSeconds(20);

  /** From then on it is one to three minutes until the new root is attached. */
  private static final Duration EXCHANGE_LEAST = Duration.ofMinutes(1);

  private static final Duration EXCHANGE_MOST = Duration.ofMinutes(3);

  /** A task that fails cleans up for a while. */
  private static final Duration FAILING_LEAST = Duration.ofSeconds(10);

  private static final Duration FAILING_MOST = Duration.ofSeconds(40);

  private final VirtualClock clock;
  private final Chance chance;
  private final Disks disks;
  private final Life life;
  private final Map<String, RootTask> tasks = new LinkedHashMap<>();
  private final List<RootTask> inOrder = new ArrayList<>();
  private final Map<String, List<RootTask>> byInstance = new HashMap<>();
  private final Deque<Failure> nextFailures = new ArrayDeque<>();
  private final Map<String, Failure> failures = new HashMap<>();

  public RootReplacements(VirtualClock clock, Chance chance, Disks disks, Life life) {
    this.clock = clock;
    this.chance = chance;
    this.disks = disks;
    this.life = life;
  }

  /** The next replacement that is asked for goes wrong. */
  public void failNext(Failure failure) {
    nextFailures.add(failure);
  }

  /** Every replacement on this instance goes wrong. */
  public void failOn(String instanceId, Failure failure) {
    failures.put(instanceId, failure);
  }

  /** How many replacements were ever begun on an instance; more than one may be a repeat. */
  public int begunOn(String instanceId) {
    return of(instanceId).size();
  }

  List<RootTask> inOrder() {
    return Collections.unmodifiableList(inOrder);
  }

  List<RootTask> of(String instanceId) {
    return byInstance.getOrDefault(instanceId, List.of());
  }

  @Nullable RootTask find(String id) {
    return tasks.get(id);
  }

  RootTask begin(
      Machine machine,
      Snapshot source,
      boolean deletesReplaced,
      @Nullable Integer rate,
      Map<String, String> tags) {
    RootTask task =
        new RootTask(
            chance.id("replacevol", inOrder.size()),
            machine,
            source,
            deletesReplaced,
            rate,
            clock.instant(),
            tags);
    tasks.put(task.id, task);
    inOrder.add(task);
    byInstance.computeIfAbsent(machine.id(), id -> new ArrayList<>(1)).add(task);
    Failure failure = failures.getOrDefault(machine.id(), nextFailures.poll());
    clock.after(draw(task, 0, PENDING_LEAST, PENDING_MOST), () -> takeUp(task, failure));
    return task;
  }

  private void takeUp(RootTask task, @Nullable Failure failure) {
    if (isGone(task)) {
      return;
    }
    task.state = RootTask.State.IN_PROGRESS;
    life.switchOff(task.machine);
    clock.after(draw(task, 1, EXCHANGE_LEAST, EXCHANGE_MOST), () -> exchange(task, failure));
  }

  private void exchange(RootTask task, @Nullable Failure failure) {
    if (isGone(task)) {
      return;
    }
    switch (failure) {
      case null -> succeed(task);
      case OLD_ROOT_KEPT -> {
        task.state = RootTask.State.FAILING;
        endFailure(task, RootTask.State.FAILED);
      }
      case DETACHED -> {
        task.state = RootTask.State.FAILING_DETACHED;
        task.machine.detach(task.machine.hardware().rootDevice(), clock.instant());
        endFailure(task, RootTask.State.FAILED_DETACHED);
      }
    }
  }

  private void succeed(RootTask task) {
    Machine machine = task.machine;
    String device = machine.hardware().rootDevice();
    Volume old = machine.root();
    Volume fresh = fresh(task, old == null ? task.source.source() : old.facts());
    boolean deletes = true;
    if (old != null) {
      Volume.Attachment attachment = old.attachment();
      deletes = attachment == null || attachment.deleteOnTermination();
      machine.detach(device, clock.instant());
      if (task.deletesReplaced) {
        old.become(Volume.State.DELETED);
      }
    }
    disks.add(fresh);
    machine.attach(fresh, device, clock.instant(), deletes);
    end(task, RootTask.State.SUCCEEDED);
    life.boot(machine);
  }

  /** The new root has its predecessor's type and size, and the snapshot's content. */
  private Volume fresh(RootTask task, Volume.Facts like) {
    Volume fresh =
        new Volume(
            new Volume.Facts(
                Chance.id("vol", chance.of("root-volume", task.id, 0)),
                task.machine.hardware().zone(),
                like.sizeGib(),
                like.type(),
                like.iops(),
                like.throughput(),
                like.encrypted() ? like.keyId() : task.source.source().keyId(),
                task.source.source().productCode(),
                clock.instant(),
                task.source.id()),
            task.source.content());
    fresh.warmsUp(clock.instant().plus(Warming.takes(fresh.facts(), task.rate)));
    return fresh;
  }

  private void endFailure(RootTask task, RootTask.State state) {
    clock.after(
        draw(task, 2, FAILING_LEAST, FAILING_MOST),
        () -> {
          if (!isGone(task)) {
            end(task, state);
            life.boot(task.machine);
          }
        });
  }

  /** A machine that was stopped or terminated meanwhile ends its task. */
  private boolean isGone(RootTask task) {
    if (task.machine.power() == Machine.Power.RUNNING) {
      return false;
    }
    end(task, RootTask.State.FAILED);
    return true;
  }

  private void end(RootTask task, RootTask.State state) {
    task.state = state;
    task.completedAt = clock.instant();
  }

  private Duration draw(RootTask task, int step, Duration least, Duration most) {
    return chance.between("replace-root", task.id, step, least, most);
  }
}
