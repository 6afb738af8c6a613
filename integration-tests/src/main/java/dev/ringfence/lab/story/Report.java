package dev.ringfence.lab.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a story. The same seed and the same input give the same report to the byte; nothing
 * in it depends on how fast this machine is.
 *
 * @param machines how many the fleet has
 * @param calls AWS calls of the control plane by operation, DynamoDB's included
 * @param drills what drills showed; null when none ran
 * @param storm how fast everybody came back; null when not everybody was hurt at once
 * @param promises the verdict on each promise
 */
public record Report(
    String scenario,
    String sentence,
    long seed,
    int machines,
    List<Told> releases,
    Harm harm,
    @Nullable DrillsTold drills,
    @Nullable Storm storm,
    Map<String, Long> calls,
    long callsTotal,
    Dynamo dynamo,
    List<Promise> promises,
    boolean kept) {

  /**
   * One release's roll-out.
   *
   * @param phase the phase it ended in
   * @param reason why it ended so, where that needs one
   * @param minutes from the event to the end
   * @param updated machines that proved themselves on it
   * @param leftOut how many machines the plan left out, by reason
   */
  public record Told(
      String rollout,
      String version,
      String phase,
      String reason,
      double minutes,
      int updated,
      List<RingTold> rings,
      Map<String, Integer> leftOut) {}

  /** One ring's end. */
  public record RingTold(String ring, int machines, int proven, int hurt, int undelivered) {}

  /**
   * What the releases hurt.
   *
   * @param hurt machines that lost their life to a release
   * @param leftAlone how many of them came back by themselves before anything was done
   * @param minutesToHalt from the first command of the release to the halting decision; null
   *     without a halt
   * @param minutesToAlarm from the same to CloudWatch's alarm; null when it did not fire
   * @param minutesToAllBack from the same to the last machine's proof of life; null when nothing
   *     was restored
   * @param needPerson machines that could not be restored by themselves, each with the reason
   */
  public record Harm(
      int hurt,
      int of,
      int restored,
      int leftAlone,
      @Nullable Double minutesToHalt,
      @Nullable Double minutesToAlarm,
      @Nullable Double minutesToAllBack,
      Map<String, String> needPerson) {}

  /**
   * What drills showed.
   *
   * @param leftovers how much of what drills made is still there
   */
  public record DrillsTold(
      int run, int passed, int failed, List<DrillTold> machines, int leftovers) {}

  /**
   * One machine's drill, which speaks for its class.
   *
   * @param minutesToRestore from the start of the swap until all checks were ok (RTO); null when it
   *     failed
   * @param hoursLost how old the restored snapshot was (RPO); null when it failed
   * @param because why it failed; empty when it passed
   */
  public record DrillTold(
      String restoreClass,
      String machine,
      boolean passed,
      @Nullable Double minutesToRestore,
      @Nullable Double hoursLost,
      String because) {}

  /**
   * Everybody hurt at once.
   *
   * @param minutesToOrder from the crash to the first order of a restore
   * @param minutesToAllRestored from that order to the last machine's proof of life
   * @param minutesBound what the same takes when nothing but quotas and machines cost time
   * @param timesBound how many times the bound it took
   * @param throttled calls that were turned away
   * @param how how the bound is computed
   */
  public record Storm(
      int hurt,
      int restored,
      double minutesToOrder,
      double minutesToAllRestored,
      double minutesBound,
      double timesBound,
      long throttled,
      String how) {}

  /** What the table would charge. */
  public record Dynamo(double readUnits, double writeUnits, double writeUnitsPerUpdate) {}

  /** A promise and whether it was kept. */
  public record Promise(int number, String title, boolean held, String evidence) {}

  /** The report as indented JSON with a line feed at its end. */
  public String toJson() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    try {
      return mapper.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a report can always be written", broken);
    }
  }
}
