package dev.ringfence.lab.story;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;

/** Where a story is shown while it happens. */
public interface Screen {
  /** A new chapter begins. */
  void chapter(String title);

  /** Something worth a line was recorded. */
  void line(Instant at, JournalEntry entry);

  /** A roll-out moved on. */
  void progress(Instant at, Operation<Rollout, Batch> rollout);

  /** The story is over; what follows is the report. */
  void end();
}
