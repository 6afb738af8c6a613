package dev.ringfence.lab.story;

import dev.ringfence.lab.host.DashboardPage;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.LabPort;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lab with its port open, whose time passes so slowly that a person can follow: each second a
 * minute. Whoever lets time pass holds the turn, and gives it away while waiting.
 */
public final class OpenLab implements Pace, AutoCloseable {
  /** A rollout's first ring is watched in some minutes, and a restore in some ten seconds. */
  private static final Duration A_SECOND_IS = Duration.ofMinutes(1);

  /** Smooth for an eye, and seldom enough to leave the port its turn. */
  private static final int STEPS_A_SECOND = 4;

  private final ReentrantLock turn = new ReentrantLock();
  private final Condition tick = turn.newCondition();
  private final Lab lab;
  private final LabPort port;

  private OpenLab(int number, Lab lab) throws IOException {
    this.lab = lab;
    this.port =
        LabPort.open(
            number,
            lab.onlookersWire(),
            turn,
            new DashboardPage(lab.plane().lambda(), DeployedPlane.WIDGET));
  }

  /**
   * Opens the port.
   *
   * @param number {@link LabPort#ANY_PORT} or the one to use
   * @throws IOException when the port is taken
   */
  public static OpenLab open(int number, Lab lab) throws IOException {
    return new OpenLab(number, lab);
  }

  /** Where the widget is looked at. */
  public URI widget() {
    return port.endpoint().resolve(DashboardPage.PATH);
  }

  /** Does something with the lab in a turn; who asks at the port waits for it. */
  public <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /** Waits a moment, in which the port answers, and then lets that moment's time pass. */
  @Override
  public boolean pass(VirtualClock clock) {
    try {
      long left = TimeUnit.SECONDS.toNanos(1) / STEPS_A_SECOND;
      while (left > 0) {
        left = tick.awaitNanos(left);
      }
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return false;
    }
    clock.runUntil(clock.instant().plus(A_SECOND_IS.dividedBy(STEPS_A_SECOND)));
    return true;
  }

  /** Lets time pass until somebody says that it is enough. */
  public void passUntil(AtomicBoolean enough) {
    turn.lock();
    try {
      boolean passes = true;
      while (passes && !enough.get()) {
        passes = pass(lab.clock());
      }
    } finally {
      turn.unlock();
    }
  }

  void announce(PrintStream out) {
    out.println();
    out.println("From here each second a minute passes. Watch it in a browser: " + widget());
  }

  /** Lets somebody look at what the story left behind, until Enter. */
  void stay(PrintStream out) throws IOException {
    URI endpoint = port.endpoint();
    out.println("The lab answers until you press Enter, and each second a minute passes in it:");
    out.println("  " + widget() + " is the operators' widget");
    out.println("  aws --endpoint-url " + endpoint + " ec2 describe-instances");
    out.println(
        "  aws --endpoint-url "
            + endpoint
            + " lambda invoke --function-name "
            + DeployedPlane.ROLLOUT_CONSOLE
            + " --cli-binary-format raw-in-base64-out --payload '{}' out.json");
    AtomicBoolean enough = new AtomicBoolean();
    Thread time = Thread.ofPlatform().daemon().name("lab-clock").start(() -> passUntil(enough));
    int key = System.in.read();
    while (key != '\n' && key >= 0) {
      key = System.in.read();
    }
    enough.set(true);
    time.interrupt();
  }

  @Override
  public void close() {
    port.close();
  }
}
