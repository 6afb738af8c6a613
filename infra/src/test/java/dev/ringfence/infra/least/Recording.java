package dev.ringfence.infra.least;

import dev.ringfence.lab.story.Scenario;
import dev.ringfence.lab.story.Story;
import dev.ringfence.lab.story.StoryInput;
import java.io.IOException;

/** Every story of the lab, told once, with one recorder listening to all of them. */
final class Recording {
  /** Enough that each kind of machine is there: hybrid nodes too, which are the rarest. */
  private static final int MACHINES = 40;

  private static final long SEED = 20_240_719;

  private Recording() {}

  static FunctionCalls ofAllStories() throws IOException {
    FunctionCalls calls = new FunctionCalls();
    for (Scenario scenario : Scenario.values()) {
      // What is done after an answer was lost is part of the functions' work.
      tell(scenario, calls);
    }
    return calls;
  }

  private static void tell(Scenario scenario, FunctionCalls calls) throws IOException {
    StoryInput input = new StoryInput(scenario, MACHINES, SEED, null, null);
    AlarmAtFirstHurt screen = new AlarmAtFirstHurt();
    try (Story story = Story.open(input, screen)) {
      screen.in(story.lab());
      story.lab().plane().lambda().tap(calls);
      story.lab().wire().tap(calls);
      story.lab().wire().tap(new LosesAnswers());
      if (scenario == Scenario.HEALTHY) {
        story.lab().plane().lambda().tap(new AsksCalendar(story.lab()));
      }
      story.tell();
    }
  }
}
