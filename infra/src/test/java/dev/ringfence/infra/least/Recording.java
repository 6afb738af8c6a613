package dev.ringfence.infra.least;

import dev.ringfence.lab.story.Scenario;
import dev.ringfence.lab.story.Story;
import dev.ringfence.lab.story.StoryInput;
import dev.ringfence.rollout.MemberPhase;
import java.io.IOException;

/** Every story of the lab, told once, with one recorder listening to all of them. */
final class Recording {
  /** Enough that each kind of machine is there: hybrid nodes too, which are the rarest. */
  private static final int MACHINES = 24;

  /** Enough for a first ring in which one machine is hurt before the evidence halts. */
  private static final int MACHINES_FOR_AN_ALARM = 200;

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
    boolean large = scenario == Scenario.BLUE_SCREEN;
    StoryInput input =
        new StoryInput(scenario, large ? MACHINES_FOR_AN_ALARM : MACHINES, SEED, null, null);
    EarlyAlarm screen =
        new EarlyAlarm(large ? MemberPhase.Hurt.class : MemberPhase.Dispatched.class);
    try (Story story = Story.open(input, screen)) {
      if (large || scenario == Scenario.AGENT_KILLER) {
        screen.in(story.lab());
      }
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
