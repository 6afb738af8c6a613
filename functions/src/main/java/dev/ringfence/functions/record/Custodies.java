package dev.ringfence.functions.record;

import dev.ringfence.functions.record.MeteredTable.Reading;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.MachineClaim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/** In whose hands machines are, and from which releases they were restored without a person. */
final class Custodies {
  private final MeteredTable table;
  private final DynamoDbTable<CustodyRow> rows;

  Custodies(MeteredTable table) {
    this.table = table;
    this.rows = table.of(CustodyRow.SCHEMA);
  }

  /**
   * @param goesOn whether an operation is not final
   */
  Map<String, Custody> read(Set<String> machines, Predicate<String> goesOn) {
    Map<String, Boolean> going = new HashMap<>();
    Map<String, Custody> found = new HashMap<>();
    for (String machine : machines) {
      String holder = null;
      Map<String, String> restored = new HashMap<>();
      for (CustodyRow row : table.query(rows, Keys.custody(machine), "", Reading.CONSISTENT)) {
        String by = row.holder();
        if (row.sk().equals(Keys.HOLDER)) {
          holder = by;
        } else if (by != null) {
          restored.put(row.sk().substring(Keys.RESTORED.length()), by);
        }
      }
      found.put(machine, custody(holder, going, goesOn, restored));
    }
    return found;
  }

  /** Storms have one holder for many machines, so that each is looked at once. */
  private static Custody custody(
      @Nullable String holder,
      Map<String, Boolean> going,
      Predicate<String> goesOn,
      Map<String, String> restored) {
    boolean over = holder != null && !going.computeIfAbsent(holder, goesOn::test);
    return new Custody(holder, over, restored);
  }

  /** Puts a commit's claims beside its head. */
  void claim(Together together, List<Claim> claims) {
    for (Claim any : claims) {
      if (any instanceof MachineClaim claim) {
        claim(together, claim);
      }
    }
  }

  private void claim(Together together, MachineClaim claim) {
    String pk = Keys.custody(claim.machine());
    switch (claim) {
      case MachineClaim.Take take -> {
        together.update(
            rows,
            new CustodyRow(pk, Keys.HOLDER, take.holder()),
            Conditions.heldByNobodyBut(take.holder(), take.left()));
        if (take.release() != null) {
          together.update(
              rows,
              new CustodyRow(pk, Keys.RESTORED + take.release(), take.holder()),
              Conditions.heldByNobodyBut(take.holder()));
        }
      }
      case MachineClaim.GiveBack back ->
          together.update(
              rows,
              new CustodyRow(pk, Keys.HOLDER, null),
              Conditions.heldByNobodyBut(back.holder()));
    }
  }
}
