package dev.ringfence.operation;

import dev.ringfence.release.SsmDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What we do to the world. Every effect has a key that names one logical effect for good: where AWS
 * takes a client token the key is the token, elsewhere it travels as comment or tag, and a second
 * attempt looks for it before it acts. The intent is committed before the effect is performed, so
 * an effect may be performed by a beat that did not decide it.
 */
public sealed interface Effect
    permits Effect.SendCommand,
        Effect.FindCommand,
        Effect.CancelCommand,
        Effect.TakeSnapshots,
        Effect.ReplaceRoot,
        Effect.StartRestore,
        Effect.WritePointers,
        MachineEffect,
        QuietEffect,
        DrillEffect {
  /** At most 64 characters, unique for one logical effect. */
  String key();

  /**
   * When the intent was committed; a later beat that still finds it open must look before it acts.
   */
  Instant intended();

  /**
   * Whether an attempt has ended without a clear outcome. An open intent that was not tried may be
   * in the hands of a beat that is still running, or of one that died.
   */
  boolean tried();

  /**
   * When it was last in somebody's hands: when it was intended or, where there is no client token
   * to rely on, when it was last attempted. What was made then may not be listed yet.
   */
  default Instant touched() {
    return intended();
  }

  /**
   * Whether performing it puts a healthy machine at risk, so that a halt must be looked for at the
   * last moment.
   */
  default boolean endangers() {
    return false;
  }

  /**
   * Whether nothing but a list tells that it took place, and lists lag behind: then an attempt that
   * is not the first is recorded before it begins, so that whoever comes after a death knows when
   * to believe the list.
   */
  default boolean isToldByLists() {
    return false;
  }

  /**
   * Whether it is performed in the very call in which somebody asks for something: to call back and
   * to hand over is in everybody's rights. All else needs rights over machines that only a beat
   * has; tried without them it would be refused for good.
   */
  default boolean isForWhoeverAsks() {
    return false;
  }

  /**
   * One SendCommand to the machines of one part.
   *
   * @param tries what came of earlier attempts; null when none ended
   * @param delivery how long Systems Manager may try to deliver it, at least 30 s
   */
  record SendCommand(
      String key,
      Instant intended,
      @Nullable Tries tries,
      Purpose purpose,
      List<String> machines,
      SsmDocument document,
      Map<String, List<String>> parameters,
      Duration delivery)
      implements Effect {
    public SendCommand {
      machines = List.copyOf(machines);
      parameters = Map.copyOf(parameters);
    }

    @Override
    public boolean tried() {
      return Tries.haveEnded(tries);
    }

    @Override
    public Instant touched() {
      return Tries.touched(tries, intended);
    }

    @Override
    public boolean isToldByLists() {
      return true;
    }

    /** What the command is for. */
    public enum Purpose {
      UPDATE,
      READ_VERSION,
      WITHDRAW
    }

    @Override
    public boolean endangers() {
      return purpose == Purpose.UPDATE;
    }
  }

  /**
   * Looks whether a command of this key was ever sent: what is left to do about an intent that a
   * halt overtook. Refused with {@link #NOT_FOUND} when there is none.
   *
   * @param tries what came of the attempts to send the command that is looked for
   * @param lost the key of the SendCommand that is looked for
   */
  record FindCommand(
      String key, Instant intended, @Nullable Tries tries, String lost, SsmDocument document)
      implements Effect {
    /** The refusal's code when no such command exists. */
    public static final String NOT_FOUND = "NotFound";

    @Override
    public boolean isForWhoeverAsks() {
      return true;
    }

    @Override
    public boolean tried() {
      return Tries.haveEnded(tries);
    }

    @Override
    public Instant touched() {
      return Tries.touched(tries, intended);
    }
  }

  /** Asks Systems Manager to stop a command; it gives no guarantee. Asking twice is harmless. */
  record CancelCommand(String key, Instant intended, boolean tried, String commandId)
      implements Effect {
    @Override
    public boolean isForWhoeverAsks() {
      return true;
    }
  }

  /**
   * One CreateSnapshots of a machine's volumes, crash-consistent.
   *
   * @param tries what came of earlier attempts; null when none ended
   * @param rootVolume whose snapshot the outcome names
   * @param tags to find it by later: operation, machine, release
   */
  record TakeSnapshots(
      String key,
      Instant intended,
      @Nullable Tries tries,
      String machine,
      String rootVolume,
      Map<String, String> tags)
      implements Effect {
    public TakeSnapshots {
      tags = Map.copyOf(tags);
    }

    @Override
    public boolean tried() {
      return Tries.haveEnded(tries);
    }

    @Override
    public Instant touched() {
      return Tries.touched(tries, intended);
    }

    @Override
    public boolean isToldByLists() {
      return true;
    }
  }

  /** One CreateReplaceRootVolumeTask; the key is its client token. */
  record ReplaceRoot(
      String key,
      Instant intended,
      boolean tried,
      String machine,
      String snapshot,
      Map<String, String> tags)
      implements Effect {
    public ReplaceRoot {
      tags = Map.copyOf(tags);
    }
  }

  /** Stores a restore for machines that a roll-out hurt and starts its clock. */
  record StartRestore(String key, Instant intended, boolean tried, RestoreOrder order)
      implements Effect {
    @Override
    public boolean isForWhoeverAsks() {
      return true;
    }
  }

  /**
   * Writes what a machine is part of, one pointer a machine, so that "what happened to i-0abc?" has
   * an answer.
   */
  record WritePointers(String key, Instant intended, boolean tried, int part, List<String> machines)
      implements Effect {
    public WritePointers {
      machines = List.copyOf(machines);
    }

    @Override
    public boolean isForWhoeverAsks() {
      return true;
    }
  }
}
