package dev.ringfence.rollout;

import dev.ringfence.contract.Tags;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.QuietEffect;
import dev.ringfence.operation.Sending;
import dev.ringfence.rollout.Stillness.Freeze;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is still to be done for machines that are to hold still, by what is stored of them. */
final class QuietEffects {
  private final Rollout head;

  QuietEffects(Rollout head) {
    this.head = head;
  }

  /** What lets machines go, which is to be done in every phase. */
  Stream<Effect> thaws(Batch batch) {
    return batch.members().stream().filter(Member::isHeld).flatMap(this::thaw);
  }

  /** What makes them hold still, and what is to be done about snapshots meanwhile. */
  List<Effect> steps(Member member) {
    List<Effect> open = new ArrayList<>();
    Freeze freeze = member.freeze();
    if (member.phase() instanceof MemberPhase.Securing securing) {
      if (freeze != null && !freeze.isOver() && freeze.release() == null) {
        freeze(member, freeze.hold(), open);
      }
      switch (securing.quiet()) {
        case null -> {}
        case Quiet.Freezing f -> {}
        case Quiet.Frozen f -> {}
        case Quiet.Thawing t -> {}
        case Quiet.Shadowing s -> shadows(member, securing, s.order(), open);
        case Quiet.Finding f -> find(member, securing, f, open);
        case Quiet.Marking m -> mark(member, securing, m, open);
        case Quiet.LetGo l -> {}
        case Quiet.Known k -> {}
      }
    }
    return open;
  }

  /** What every snapshot of a restore point carries. */
  Map<String, String> tags(Member member, MemberPhase.Securing securing) {
    Map<String, String> tags = new HashMap<>();
    tags.put(Tags.OPERATION, head.id());
    tags.put(Tags.MACHINE, member.machine());
    tags.put(Tags.RELEASE, head.release().product() + " " + head.release().version());
    tags.put(Tags.EXPIRES, securing.since().plus(Tempo.POINT_KEPT).toString());
    head.holding().ifPresent(holds -> tags.put(Tags.HOLDS, holds));
    return tags;
  }

  private Stream<Effect> thaw(Member member) {
    Freeze freeze = member.freeze();
    Sending release = freeze == null ? null : freeze.release();
    if (freeze == null || release == null || !release.isOpen()) {
      return Stream.empty();
    }
    return Stream.of(
        new QuietEffect.Thaw(
            release.key(),
            release.intended(),
            release.tries(),
            member.machine(),
            FreezeScript.thaw(freeze.hold().key(), head.policy()),
            FreezeScript.running(head.policy())));
  }

  private void freeze(Member member, Sending hold, List<Effect> open) {
    if (hold.isOpen()) {
      open.add(
          new QuietEffect.Freeze(
              hold.key(),
              hold.intended(),
              hold.tries(),
              member.machine(),
              FreezeScript.freeze(hold.key(), head.policy()),
              FreezeScript.running(head.policy())));
    }
  }

  private void shadows(
      Member member, MemberPhase.Securing securing, Sending order, List<Effect> open) {
    if (order.isOpen()) {
      open.add(
          new QuietEffect.TakeShadows(
              order.key(),
              order.intended(),
              order.tries(),
              member.machine(),
              tags(member, securing)));
    }
  }

  private void find(
      Member member, MemberPhase.Securing securing, Quiet.Finding finding, List<Effect> open) {
    String set = Keys.snapshot(head, member, securing.attempt());
    String root = member.rootVolume();
    if (root != null) {
      open.add(
          new QuietEffect.FindShadows(
              Keys.findSet(set), finding.since(), finding.tries(), set, root));
    }
  }

  private void mark(
      Member member, MemberPhase.Securing securing, Quiet.Marking marking, List<Effect> open) {
    String set = Keys.snapshot(head, member, securing.attempt());
    Stillness stillness = member.stillness();
    open.add(
        new QuietEffect.MarkSnapshots(
            Keys.markSet(set),
            marking.since(),
            marking.tries(),
            set,
            marking.achieved(),
            stillness != null && stillness.means() == Stillness.Means.SHADOWS));
  }
}
