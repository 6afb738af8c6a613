package dev.ringfence.functions.record;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/**
 * What the table charged so far, as DynamoDB itself reports it with each answer; only a transaction
 * counts no less than its items cost. A write whose condition fails is charged as well but answers
 * with an error that tells no units: it counts as a call only.
 */
public final class Units {
  /**
   * @param readUnits one for each 4 KB read strongly consistent, half of it otherwise
   * @param writeUnits one for each KB written, two in a transaction
   * @param calls answered and refused ones
   */
  public record Tally(double readUnits, double writeUnits, long calls) {
    public Tally minus(Tally earlier) {
      return new Tally(
          readUnits - earlier.readUnits, writeUnits - earlier.writeUnits, calls - earlier.calls);
    }
  }

  private Tally tally = new Tally(0, 0, 0);

  public synchronized Tally tally() {
    return tally;
  }

  void read(@Nullable ConsumedCapacity charged) {
    add(total(charged == null ? List.of() : List.of(charged)), 0);
  }

  void wrote(@Nullable ConsumedCapacity charged) {
    add(0, total(charged == null ? List.of() : List.of(charged)));
  }

  /**
   * @param least what it cost at the least, should the engine report less
   */
  void wrote(Collection<ConsumedCapacity> charged, int least) {
    add(0, Math.max(total(charged), least));
  }

  void refused() {
    add(0, 0);
  }

  private synchronized void add(double read, double written) {
    tally = new Tally(tally.readUnits() + read, tally.writeUnits() + written, tally.calls() + 1);
  }

  private static double total(Collection<ConsumedCapacity> charged) {
    return charged.stream()
        .map(ConsumedCapacity::capacityUnits)
        .filter(units -> units != null)
        .mapToDouble(Double::doubleValue)
        .sum();
  }
}
