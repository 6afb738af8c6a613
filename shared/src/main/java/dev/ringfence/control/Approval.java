package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody agrees to who approves the restore that a policy waits with.
 *
 * <p>Unless they say otherwise both ways are in it: the machines are down, what the second way
 * loses beyond the first is said, and a machine that waits for the same person to agree a second
 * time at four o'clock is down for longer. Older restore points are not: how much they lose is not
 * known before the first one has failed.
 */
record Approval(Operation<Rollout, Batch> rollout, Consent consent) {
  static final Consent UNLESS_SAID = new Consent(true, false);

  /** Whoever agrees to path B agrees to every price that it may have, so all of them are named. */
  private static final String EXCHANGE =
      "where EC2 refuses or fails, path B: stop it, exchange its root volume for one made from the"
          + " restore point, start it; a Spot machine is not stopped. It is done even where one of"
          + " these holds: "
          + Unrestorable.sentences(Unrestorable.prices(List.of(Unrestorable.values())));

  /** Everything in it that may change, for the hash. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add(consent.toString());
    hurt().forEach(member -> facts.add(member.machine() + " " + member.point()));
    return facts;
  }

  /** To be read after "This would". */
  String sentence() {
    long lost = hurt().stream().filter(member -> member.point() == null).count();
    return "replace the root volumes of "
        + (hurt().size() - lost)
        + " hurt machines by their restore points"
        + (consent.exchange() ? ", by path A and where it fails by path B" : ", by path A only")
        + (consent.older() ? ", and by older ones where one does not boot" : "")
        + (lost == 0 ? "" : "; " + lost + " more have none and are left to a person");
  }

  ObjectNode page(Moments moments) {
    ObjectNode page = Json.object();
    page.put("pathA", "EC2 replaces its root volume while it stays the same machine; it reboots");
    page.put("pathB", consent.exchange() ? EXCHANGE : "no: it would be left to a person");
    page.put(
        "olderPoints",
        consent.older()
            ? "where a restore point does not bring a machine back, the next older of at most"
                + " three; each loses more of what was written"
            : "no: a machine that its restore point does not bring back is left to a person");
    page.set("machines", Json.rows(hurt(), member -> row(member, moments)));
    return page;
  }

  /** What sends the same again, beside what every wish has. */
  void into(ObjectNode toConfirm) {
    var paths = toConfirm.putArray("paths").add(RootPath.A.name());
    if (consent.exchange()) {
      paths.add(RootPath.B.name());
    }
    toConfirm.put("olderPoints", consent.older());
  }

  private static ObjectNode row(Member member, Moments moments) {
    ObjectNode row = Json.object().put("machine", member.machine());
    RestorePoint point = member.point();
    return point == null
        ? row.put("path", "none").put("because", "it has no restore point")
        : row.put("goesBackTo", point.snapshot())
            .put("takenAt", moments.from(point.takenAt()))
            .put(
                "loses",
                "what was written to its root volume in the last "
                    + Moments.span(Duration.between(point.takenAt(), moments.now()))
                    + ", and its memory");
  }

  private List<Member> hurt() {
    return rollout.parts().stream()
        .flatMap(batch -> batch.members().stream())
        .filter(member -> member.phase() instanceof MemberPhase.Hurt)
        .toList();
  }
}
