package dev.ringfence.swap;

import java.time.Duration;
import java.util.Locale;

/** What a swap may have to do, each with how long its effect may take to show. */
public enum SwapStep {
  /** A picture and 64 KB of text. */
  EVIDENCE("keeping what it shows", Patience.QUICK),
  /** Auto Scaling runs lifecycle hooks of the group first, an hour by default. */
  ENTER_STANDBY("taking it out of its group's service", Patience.HOOKS),
  /**
   * Without the guest's shutdown a stop takes a minute; a host in trouble takes up to half an hour.
   */
  STOP("stopping it", Patience.STOP),
  /** Volumes are available within seconds; an encrypted one may fail later than the call. */
  CREATE("making its new %s", Patience.VOLUME),
  /** A stopped machine lets go of a volume within seconds. */
  DETACH_OLD("detaching its old %s", Patience.VOLUME),
  ATTACH_NEW("attaching its new %s", Patience.VOLUME),
  KEEP_SETTING("restoring its setting of deletion on termination", Patience.QUICK),
  TAG_OLD("tagging its old %s", Patience.QUICK),
  START("starting it", Patience.START),
  EXIT_STANDBY("putting it back into its group's service", Patience.HOOKS),
  /** From here on the way back: the old volume returns. */
  STOP_BACK("stopping it to give its old %s back", Patience.STOP),
  DETACH_NEW("detaching the new %s again", Patience.VOLUME),
  ATTACH_OLD("attaching its old %s again", Patience.VOLUME),
  KEEP_SETTING_BACK("restoring the setting of deletion of its old %s", Patience.QUICK),
  START_BACK("starting it with its old %s", Patience.START);

  private final String words;
  private final Duration patience;

  SwapStep(String words, Duration patience) {
    this.words = words;
    this.patience = patience;
  }

  /** What is done, as an operator reads it. */
  public String words(SwapOrder order) {
    return words.replace("%s", order.what());
  }

  /** How long after it was done its effect may take to show before it is tried again. */
  public Duration patience() {
    return patience;
  }

  /** Whether the swap goes on without it, and only says so. */
  boolean isDispensable() {
    return switch (this) {
      case EVIDENCE, KEEP_SETTING, TAG_OLD, EXIT_STANDBY, KEEP_SETTING_BACK, START_BACK -> true;
      case ENTER_STANDBY, STOP, CREATE, DETACH_OLD, ATTACH_NEW, START -> false;
      case STOP_BACK, DETACH_NEW, ATTACH_OLD -> false;
    };
  }

  /** The word that stands for it in keys. */
  String mark() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** Numbers that several steps share. */
  private static final class Patience {
    private static final Duration QUICK = Duration.ofMinutes(5);
    private static final Duration VOLUME = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofMinutes(30);
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration HOOKS = Duration.ofMinutes(70);
  }
}
