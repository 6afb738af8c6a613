package dev.ringfence.rollout;

import java.time.Instant;
import java.util.List;

/** Why no further machine is updated for now. A hold shifts the schedule and has a deadline. */
public sealed interface HoldReason {
  /** The reason in one sentence. */
  String sentence();

  /** Alarms are missing, cannot see or have no data. At the deadline it becomes a halt. */
  record AlarmsBlind(List<String> blind) implements HoldReason {
    public AlarmsBlind {
      blind = List.copyOf(blind);
    }

    @Override
    public String sentence() {
      return "alarms give no evidence: " + String.join("; ", blind);
    }
  }

  /**
   * Alarms went off before this rollout updated its first machine, so it cannot be the cause: it
   * may even be the cure. Becomes a question to a person.
   */
  record AlarmsFiredBefore(List<String> alarms) implements HoldReason {
    public AlarmsFiredBefore {
      alarms = List.copyOf(alarms);
    }

    @Override
    public String sentence() {
      return "alarms went off before the first machine was updated: " + String.join(", ", alarms);
    }
  }

  /** Updated machines could not be seen, or a whole ring proved nothing. Becomes a halt. */
  record NoEvidence(List<String> missing) implements HoldReason {
    public NoEvidence {
      missing = List.copyOf(missing);
    }

    @Override
    public String sentence() {
      return "fresh evidence is missing: " + String.join("; ", missing);
    }
  }

  /**
   * AWS's own side fails under several machines. Becomes a question to a person.
   *
   * @param zone where: an Availability Zone, or a ring of which too many are affected
   */
  record Infrastructure(String zone, int machines) implements HoldReason {
    @Override
    public String sentence() {
      return "EC2's system checks fail under " + machines + " machines in " + zone;
    }
  }

  /**
   * More deliveries fail than chance explains, or commands cannot be sent; nobody is hurt. Becomes
   * a question to a person.
   */
  record DeliveryFails(int machines, double evidence) implements HoldReason {
    @Override
    public String sentence() {
      return machines + " machines could not be given the update and live on without it";
    }
  }

  /** Hurt machines use up what may be at risk at once. Becomes a question to a person. */
  record LimitReached(int hurt) implements HoldReason {
    @Override
    public String sentence() {
      return hurt + " hurt machines use up what may be at risk at once";
    }
  }

  /** No maintenance window is open. */
  record WindowClosed(Instant opens) implements HoldReason {
    @Override
    public String sentence() {
      return "the maintenance window is closed until " + opens;
    }
  }

  /** A Change Calendar is closed, or could not be read. */
  record CalendarClosed(List<String> calendars) implements HoldReason {
    public CalendarClosed {
      calendars = List.copyOf(calendars);
    }

    @Override
    public String sentence() {
      return "Change Calendar does not say OPEN: " + String.join(", ", calendars);
    }
  }
}
