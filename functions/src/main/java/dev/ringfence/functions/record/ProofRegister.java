package dev.ringfence.functions.record;

import dev.ringfence.functions.record.MeteredTable.Reading;
import dev.ringfence.operation.DrillProof;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.Proofs;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/**
 * What drills have proven: one item for the newest pass and one for the newest failure of each
 * class and each machine, all in one partition. A planner reads them in one query.
 */
final class ProofRegister {
  private static final String CLASS = "CLASS";
  private static final String MACHINE = "MACHINE";

  private final MeteredTable table;
  private final Codec codec;
  private final DynamoDbTable<ProofRow> rows;

  ProofRegister(MeteredTable table, Codec codec) {
    this.table = table;
    this.codec = codec;
    this.rows = table.of(ProofRow.SCHEMA);
  }

  /** Each item by itself: what a death between the two leaves out, the next attempt puts in. */
  void prove(DrillResult result) {
    put(CLASS, result.restoreClass(), result);
    put(MACHINE, result.machine(), result);
  }

  private void put(String subject, String name, DrillResult result) {
    String body = codec.write(DrillResult.class, result);
    Limits.fits("a proof of " + name, Limits.bytes(body));
    String outcome = result.passed() ? "#PASSED#" : "#FAILED#";
    String at = Keys.sortable(result.at());
    table.put(rows, new ProofRow(subject + outcome + name, at, body), Conditions.olderThan(at));
  }

  Proofs read() {
    Map<String, DrillProof> classes = new HashMap<>();
    Map<String, DrillProof> machines = new HashMap<>();
    for (ProofRow row : table.query(rows, Keys.PROOFS, "", Reading.CONSISTENT)) {
      DrillResult result = codec.read(DrillResult.class, row.body());
      boolean ofClass = row.sk().startsWith(CLASS);
      (ofClass ? classes : machines)
          .compute(
              ofClass ? result.restoreClass() : result.machine(),
              (name, known) -> (known == null ? DrillProof.NONE : known).with(result));
    }
    return new Proofs(classes, machines);
  }
}
