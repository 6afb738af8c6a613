package dev.ringfence.functions.record;

import dev.ringfence.functions.record.MeteredTable.Reading;
import dev.ringfence.functions.record.MeteredTable.Written;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Lane;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/** Who holds which lane, and what the lane has been through. */
final class Lanes {
  /** How often an announcement meets another one before that is an error: five are a burst. */
  private static final int ANNOUNCE_TRIES = 5;

  private final MeteredTable table;
  private final Comparator<String> age;
  private final DynamoDbTable<LaneRow> whole;
  private final DynamoDbTable<LaneRow> holder;
  private final DynamoDbTable<LaneRow> holderAndInstalled;
  private final DynamoDbTable<LaneRow> newest;

  /**
   * @param age which of two versions is older
   */
  Lanes(MeteredTable table, Comparator<String> age) {
    this.table = table;
    this.age = age;
    this.whole = table.of(LaneRow.WHOLE);
    this.holder = table.of(LaneRow.only(LaneRow.HOLDER));
    this.holderAndInstalled = table.of(LaneRow.only(LaneRow.HOLDER, LaneRow.INSTALLED));
    this.newest = table.of(LaneRow.only(LaneRow.NEWEST));
  }

  Lane read(Lane.Id id) {
    Lane lane = Lane.free(id);
    Map<String, String> quarantined = new HashMap<>();
    Map<String, String> artifacts = new HashMap<>();
    for (LaneRow row : table.query(whole, Keys.lane(id), "", Reading.CONSISTENT)) {
      if (row.banned() == null) {
        lane = new Lane(id, row.holder(), row.newest(), row.installed(), Map.of());
      } else {
        quarantined.put(row.banned(), Objects.requireNonNull(row.reason()));
        artifacts.put(row.banned(), Objects.requireNonNullElse(row.artifact(), ""));
      }
    }
    return new Lane(id, lane.holder(), lane.newest(), lane.installed(), quarantined, artifacts);
  }

  boolean lift(Lane.Id id, String version) {
    String pk = Keys.lane(id);
    String sk = Keys.QUARANTINE + version;
    boolean standing = table.get(whole, pk, sk).isPresent();
    if (standing) {
      table.deleteAll(whole, List.of(MeteredTable.key(pk, sk)));
    }
    return standing;
  }

  /** Puts a commit's claims beside its head. */
  void claim(Together together, List<Claim> claims) {
    Set<Lane.Id> held = new LinkedHashSet<>();
    Map<String, LaneRow> banned = new LinkedHashMap<>();
    for (Claim any : claims) {
      if (!(any instanceof LaneClaim claim)) {
        continue;
      }
      String pk = Keys.lane(claim.lane());
      switch (claim) {
        case LaneClaim.Take take -> {
          once(held, take.lane());
          together.update(
              holder,
              LaneRow.lane(pk, take.holder(), null, null),
              Conditions.heldByNobodyBut(take.holder()));
        }
        case LaneClaim.GiveBack back -> {
          once(held, back.lane());
          together.update(
              back.installed() == null ? holder : holderAndInstalled,
              LaneRow.lane(pk, null, null, back.installed()),
              Conditions.heldByNobodyBut(back.holder()));
        }
        case LaneClaim.Quarantine ban ->
            banned.put(
                pk + "#" + ban.version(),
                LaneRow.quarantine(pk, ban.version(), ban.artifact(), ban.reason()));
      }
    }
    banned.values().forEach(row -> together.put(whole, row));
  }

  void announce(Lane.Id id, String version) {
    String pk = Keys.lane(id);
    for (int tried = 1; tried <= ANNOUNCE_TRIES; tried++) {
      String noted = table.get(whole, pk, Keys.LANE).map(LaneRow::newest).orElse(null);
      if (noted != null && age.compare(version, noted) <= 0) {
        return;
      }
      LaneRow row = LaneRow.lane(pk, null, version, null);
      if (table.update(newest, row, Conditions.newestIs(noted)) == Written.DONE) {
        return;
      }
      table.pause(MeteredTable.FIRST_PAUSE);
    }
    throw new IllegalStateException(
        "lane %s changed under each of %d announcements".formatted(id, ANNOUNCE_TRIES));
  }

  /** A transaction takes no item twice, and no decision takes and gives back at once. */
  private static void once(Set<Lane.Id> held, Lane.Id lane) {
    if (!held.add(lane)) {
      throw new IllegalStateException("one decision claims lane " + lane + " twice");
    }
  }
}
