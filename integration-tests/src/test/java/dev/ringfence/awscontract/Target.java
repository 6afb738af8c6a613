package dev.ringfence.awscontract;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Something that answers like AWS, with what promises are tried on. */
interface Target {
  /** The state in which something was asked to be is reached within a few minutes, or never. */
  Duration PATIENCE = Duration.ofMinutes(15);

  /** As in the table of results. */
  String name();

  Clients clients();

  /** Whether things may be made and changed here; an account opened read-only says no. */
  boolean mayChange();

  /** The id of a running instance that nothing was done to yet and that may be harmed. */
  String machine();

  /** A document that Run Command can run without harm, and needs no parameters. */
  String document();

  /** The name of a metric alarm. */
  String alarm();

  /** The name of an open change calendar; null where none can be had. */
  @Nullable String calendar();

  /** The ARN of a state machine whose executions take hours. */
  String slowClock();

  /** The name of a table with the two keys of the contract. */
  String table();

  /** The name of a bucket that evidence may be put into. */
  String bucket();

  /** A word that no earlier run against the same target has used. */
  String run();

  /** Lets time pass: the lab's own, or really. */
  void pass(Duration time);

  /** How long to pass before it is worth looking again. */
  Duration step();

  /** Looks again and again until it is so; false when {@link #PATIENCE} is over. */
  default boolean eventually(BooleanSupplier so) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(step())) {
      if (so.getAsBoolean()) {
        return true;
      }
      pass(step());
    }
    return so.getAsBoolean();
  }
}
