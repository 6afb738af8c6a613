package dev.ringfence.operation;

import dev.ringfence.fleet.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes a machine hold still while its snapshots are started, and what is written of it. */
public sealed interface QuietEffect extends Effect {
  /** What came of the attempts at it; null before there is anything to tell. */
  @Nullable Tries tries();

  @Override
  default boolean tried() {
    return Tries.haveEnded(tries());
  }

  @Override
  default Instant touched() {
    return Tries.touched(tries(), intended());
  }

  /**
   * Runs a script that brings one machine to rest, and lets it go by itself after a while, whatever
   * becomes of us ({@code AWS-RunShellScript}).
   *
   * @param script its lines
   * @param running how long it may run on the machine
   */
  record Freeze(
      String key,
      Instant intended,
      @Nullable Tries tries,
      String machine,
      List<String> script,
      Duration running)
      implements QuietEffect {
    public Freeze {
      script = List.copyOf(script);
    }

    @Override
    public boolean isToldByLists() {
      return true;
    }

    @Override
    public boolean endangers() {
      return true;
    }
  }

  /**
   * Runs the script that lets a machine go. It is harmless on a machine that is not frozen, and
   * keeps one from being frozen later by a command that was held up.
   */
  record Thaw(
      String key,
      Instant intended,
      @Nullable Tries tries,
      String machine,
      List<String> script,
      Duration running)
      implements QuietEffect {
    public Thaw {
      script = List.copyOf(script);
    }

    @Override
    public boolean isToldByLists() {
      return true;
    }
  }

  /**
   * Has Windows make the whole set of snapshots itself, through its Volume Shadow Copy Service
   * ({@code AWSEC2-VssInstallAndSnapshot}). Done with the command's id; the snapshots are found by
   * their tags.
   *
   * @param tags to find them by later, besides the key
   */
  record TakeShadows(
      String key, Instant intended, @Nullable Tries tries, String machine, Map<String, String> tags)
      implements QuietEffect {
    public TakeShadows {
      tags = Map.copyOf(tags);
    }

    @Override
    public boolean isToldByLists() {
      return true;
    }

    @Override
    public boolean endangers() {
      return true;
    }
  }

  /**
   * Looks for the set that a machine was to make itself. Done with the root's snapshot; refused
   * with {@link Effect.FindCommand#NOT_FOUND} when there is none, and with {@link #INCOMPLETE} when
   * a volume is missing in it.
   *
   * @param of the key of the {@link TakeShadows}
   */
  record FindShadows(
      String key, Instant intended, @Nullable Tries tries, String of, String rootVolume)
      implements QuietEffect {
    /** The refusal's code for a set that lacks a volume. */
    public static final String INCOMPLETE = "IncompleteSet";
  }

  /**
   * Writes on every snapshot of a set what it achieved, which only shows after they were taken.
   * Done with what the set really bears, as {@link Consistency#tag}: a set that Windows made bears
   * what the service says of each of its snapshots.
   *
   * @param of the key that the snapshots carry
   * @param shadows whether Windows made them
   */
  record MarkSnapshots(
      String key,
      Instant intended,
      @Nullable Tries tries,
      String of,
      Consistency achieved,
      boolean shadows)
      implements QuietEffect {}
}
