package dev.ringfence.functions.intake;

/** An event that should tell of an alarm and does not; thrown so that Lambda keeps the event. */
public final class MalformedAlarmEvent extends RuntimeException {
  MalformedAlarmEvent(String what) {
    super(what);
  }
}
