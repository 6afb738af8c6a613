package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many machines are one line a minute; no reason is lost. */
class CrowdsTest {
  private static final Instant AT = Instant.parse("2026-11-03T10:12:00Z");

  private final List<String> told = new ArrayList<>();

  private final Crowds crowds =
      new Crowds(
          new Screen() {
            @Override
            public void chapter(String title) {
              told.add("== " + title);
            }

            @Override
            public void line(Instant at, JournalEntry entry) {
              told.add(PlainScreen.CLOCK.format(at) + " " + PlainScreen.words(entry));
            }

            @Override
            public void progress(Instant at, Operation<Rollout, Batch> rollout) {}

            @Override
            public void end() {
              told.add("end");
            }
          });

  private void line(int second, String what, String evidence) {
    Instant at = AT.plusSeconds(second);
    crowds.line(at, new JournalEntry(at, "beat", what, evidence));
  }

  private static String machine(int number) {
    return String.format("i-%017x", number);
  }

  @Test
  void manyOfAKind_areOneLineWithTheirNumber() {
    for (int i = 0; i < 20; i++) {
      line(i, machine(i) + " is hurt", "last ping 2026-11-03T10:09:" + (10 + i) + "Z");
    }
    line(30, "HALT", "20 machines hurt");
    assertEquals(
        List.of("10:12:00 20 machines are hurt — last ping …", "10:12:30 HALT — 20 machines hurt"),
        told);
  }

  @Test
  void eachReason_isALineOfItsOwn() {
    for (int i = 0; i < 5; i++) {
      line(i, machine(i) + " needs a person", "a hybrid node has no snapshot");
      line(i, machine(100 + i) + " needs a person", "EC2 has no capacity to start it");
    }
    line(9, machine(9) + " needs a person", "its snapshot snap-0123456789abcdef0 is gone");
    crowds.end();
    assertEquals(
        List.of(
            "10:12:00 5 machines need a person — a hybrid node has no snapshot",
            "10:12:00 5 machines need a person — EC2 has no capacity to start it",
            "10:12:09 "
                + machine(9)
                + " needs a person — its snapshot snap-0123456789abcdef0 is gone",
            "end"),
        told);
  }

  @Test
  void eachMinute_isToldByItself_andAFewAreToldOneByOne() {
    for (int i = 0; i < 8; i++) {
      line(i < 4 ? i : 60 + i, machine(i) + " is restored", "proved its life");
    }
    line(70, machine(99) + " waits", "it is being restored by another");
    crowds.end();
    assertEquals(
        List.of(
            "10:12:00 4 machines are restored — proved its life",
            "10:13:04 4 machines are restored — proved its life",
            "10:13:10 " + machine(99) + " waits — it is being restored by another",
            "end"),
        told);
  }
}
