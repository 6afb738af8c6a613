package dev.ringfence.lab.cloud.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an owner sets on an instance and what limits how it may be handled. */
public final class Settings {
  private boolean stopProtected;
  private boolean terminationProtected;
  private boolean hibernating;
  private String shutdownBehavior = "stop";
  private boolean persistentSpot;
  private boolean launched;
  private String subnetId = "";
  private List<String> securityGroups = List.of();
  private @Nullable String profileArn;
  private Address address = Address.NONE;
  private @Nullable String publicIp;
  private String clientToken = "";

  /** What public address an instance has, and whether it survives a stop. */
  public enum Address {
    NONE,
    /** Given at start and taken back at stop. */
    ASSIGNED,
    /** An Elastic IP, which stays. */
    ELASTIC
  }

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

  /** A Spot request that outlives its instance's stop; a one-time request's cannot be stopped. */
  public boolean persistentSpot() {
    return persistentSpot;
  }

  public void persistentSpot(boolean on) {
    persistentSpot = on;
  }

  /** Whether it was launched since the run began. */
  public boolean launched() {
    return launched;
  }

  /** Who launched it with which client token; empty when the group did. */
  public String clientToken() {
    return clientToken;
  }

  public void launchedWith(String token) {
    launched = true;
    clientToken = token;
  }

  public String subnetId() {
    return subnetId;
  }

  public List<String> securityGroups() {
    return securityGroups;
  }

  public void network(String subnet, List<String> groups) {
    subnetId = subnet;
    securityGroups = List.copyOf(groups);
  }

  /** The instance profile's ARN, without which an agent may not call Systems Manager. */
  public @Nullable String profileArn() {
    return profileArn;
  }

  public void profileArn(@Nullable String arn) {
    profileArn = arn;
  }

  public Address address() {
    return address;
  }

  public @Nullable String publicIp() {
    return publicIp;
  }

  public void address(Address kind, @Nullable String ip) {
    address = kind;
    publicIp = ip;
  }
}
