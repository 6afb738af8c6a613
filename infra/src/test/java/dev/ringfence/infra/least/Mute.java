package dev.ringfence.infra.least;

import dev.ringfence.lab.story.Screen;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;

/** A screen that shows nothing. */
final class Mute implements Screen {
  @Override
  public void chapter(String title) {}

  @Override
  public void line(Instant at, JournalEntry entry) {}

  @Override
  public void progress(Instant at, Operation<Rollout, Batch> rollout) {}

  @Override
  public void end() {}
}
