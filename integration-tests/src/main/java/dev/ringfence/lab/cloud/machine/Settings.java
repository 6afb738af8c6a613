package dev.ringfence.lab.cloud.machine;

/** What an owner sets on an instance and what limits how it may be handled. */
public final class Settings {
  private boolean stopProtected;
  private boolean terminationProtected;
  private boolean hibernating;
  private String shutdownBehavior = "stop";

  /** {@code DisableApiStop}: StopInstances is refused. */
  public boolean stopProtected() {
    return stopProtected;
  }

  public void stopProtected(boolean on) {
    stopProtected = on;
  }

  /** {@code DisableApiTermination}: TerminateInstances is refused. */
  public boolean terminationProtected() {
    return terminationProtected;
  }

  public void terminationProtected(boolean on) {
    terminationProtected = on;
  }

  /** Hibernation is enabled: no snapshot set can be taken of the instance. */
  public boolean hibernating() {
    return hibernating;
  }

  public void hibernating(boolean on) {
    hibernating = on;
  }

  /** {@code stop} or {@code terminate}. */
  public String shutdownBehavior() {
    return shutdownBehavior;
  }

  public void shutdownBehavior(String behavior) {
    shutdownBehavior = behavior;
  }
}
