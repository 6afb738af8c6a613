package dev.ringfence.engine;

import dev.ringfence.operation.DrillEffect;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.QuietEffect;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Performs the open effects of an operation during one beat: each at most once, those of earlier
 * beats only after a look whether they took place, and none that endangers a machine once somebody
 * else has written to the operation.
 */
final class Acting<H extends Head, P extends Part> {
  /**
   * An intent of another beat on which nothing was reported may still be in that beat's hands.
   * After this, longer than a beat function is given to run, that beat is dead.
   */
  static final Duration BEAT_DIES = Duration.ofMinutes(2);

  /**
   * Beats may come every few seconds, and what an attempt made may be listed only after some: half
   * a minute is several times that ("Eventual consistency in the Amazon EC2 API").
   */
  private static final Duration LISTED = Duration.ofSeconds(30);

  private final Form<H, P> form;
  private final Store store;
  private final World world;
  private final Clocks clocks;
  private final Predicate<Effect> allowed;
  private final Set<String> attempted = new HashSet<>();

  /**
   * @param allowed which effects whoever turns the crank has the rights for; all others stay open
   */
  Acting(Form<H, P> form, Store store, World world, Clocks clocks, Predicate<Effect> allowed) {
    this.form = form;
    this.store = store;
    this.world = world;
    this.clocks = clocks;
    this.allowed = allowed;
  }

  /**
   * The effects that this beat may perform now, in order.
   *
   * @param loaded the operation before this round's decision: what was open then is not this beat's
   *     own
   * @param intended the operation as committed
   */
  List<Effect> due(Operation<H, P> loaded, Operation<H, P> intended, Instant now) {
    Set<String> earlier = earlier(loaded);
    List<Effect> due = new ArrayList<>();
    for (Effect effect : form.course().open(intended).stream().filter(allowed).toList()) {
      boolean abandoned =
          (effect.tried() && isListed(effect, now))
              || !now.isBefore(effect.touched().plus(BEAT_DIES));
      boolean own = !earlier.contains(effect.key()) && !asksForAnothers(effect);
      if ((own || abandoned) && !attempted.contains(effect.key())) {
        due.add(effect);
      }
    }
    return due;
  }

  /** Looked for sooner than a list can tell, it would only be taken for attempted again. */
  private static boolean isListed(Effect effect, Instant now) {
    return !effect.isToldByLists() || !now.isBefore(effect.touched().plus(LISTED));
  }

  /**
   * A command that a halt overtook may be in the hands of a beat that is just about to send it.
   * Looked for too early it would be written off, and then be sent.
   */
  private static boolean asksForAnothers(Effect effect) {
    return effect instanceof Effect.FindCommand;
  }

  /**
   * That an attempt begins, for those effects that an earlier beat may have performed and that only
   * lists tell of. To be recorded before they are performed: should this beat die, the next one
   * does not take them for as old as the attempt before.
   */
  List<Outcome> begin(Operation<H, P> loaded, List<Effect> effects) {
    Set<String> earlier = earlier(loaded);
    return effects.stream()
        .filter(effect -> effect.isToldByLists() && earlier.contains(effect.key()))
        .<Outcome>map(effect -> new Outcome.Unsettled(effect.key(), "", How.BEGINS))
        .toList();
  }

  /**
   * Performs them.
   *
   * @param current the operation as last committed; whoever endangers a machine makes sure that it
   *     still is
   */
  List<Outcome> perform(Operation<H, P> loaded, Operation<H, P> current, List<Effect> effects) {
    Set<String> earlier = earlier(loaded);
    List<Outcome> outcomes = new ArrayList<>();
    for (Effect effect : effects) {
      attempted.add(effect.key());
      outcomes.add(attempt(current, effect, earlier.contains(effect.key())));
    }
    return outcomes;
  }

  private Set<String> earlier(Operation<H, P> loaded) {
    return form.course().open(loaded).stream().map(Effect::key).collect(Collectors.toSet());
  }

  private Outcome attempt(Operation<H, P> intended, Effect effect, boolean lookFirst) {
    try {
      if (effect.endangers() && !store.isAt(intended.head().id(), intended.version())) {
        return new Outcome.Unsettled(effect.key(), "overtaken", How.POSTPONED);
      }
      return switch (effect) {
        case Effect.StartRestore start -> start(start);
        case Effect.WritePointers pointers -> point(intended, pointers);
        case Effect.SendCommand c -> world.perform(c, lookFirst);
        case Effect.FindCommand c -> world.perform(c, lookFirst);
        case Effect.CancelCommand c -> world.perform(c, lookFirst);
        case Effect.TakeSnapshots t -> world.perform(t, lookFirst);
        case Effect.ReplaceRoot r -> world.perform(r, lookFirst);
        case MachineEffect m -> world.perform(m, lookFirst);
        case QuietEffect q -> world.perform(q, lookFirst);
        case DrillEffect.LaunchClone c -> world.perform(c, lookFirst);
        case DrillEffect.RemoveClone c -> world.perform(c, lookFirst);
        case DrillEffect.KeepProof proof -> prove(proof);
      };
    } catch (RuntimeException broken) {
      // Whatever broke, the effect may have taken place; the next beat looks before it acts again.
      return new Outcome.Unsettled(effect.key(), code(broken));
    }
  }

  /** What broke and where; its message may hold anything, so it goes nowhere. */
  private static String code(RuntimeException broken) {
    StackTraceElement[] trace = broken.getStackTrace();
    String what = broken.getClass().getSimpleName();
    return trace.length == 0 ? what : what + " in " + place(trace[0]);
  }

  private static String place(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  private Outcome start(Effect.StartRestore start) {
    Restore restore = Restore.of(start.order(), Marks.of(start.order().id()), start.intended());
    store.create(RestoreCourse.FORM, restore, Restore.wards(start.order()), List.of());
    clocks.start(Head.Kind.RESTORE, restore.id());
    return new Outcome.Done(start.key(), restore.id(), start.intended());
  }

  private Outcome prove(DrillEffect.KeepProof proof) {
    store.prove(proof.result());
    return new Outcome.Done(proof.key(), "", proof.intended());
  }

  private Outcome point(Operation<H, P> intended, Effect.WritePointers pointers) {
    store.point(intended.head().id(), pointers.part(), pointers.machines(), pointers.intended());
    return new Outcome.Done(pointers.key(), "", pointers.intended());
  }
}
