package dev.ringfence.notice;

import dev.ringfence.contract.CellEvents;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestorePhase;
import java.util.List;
import java.util.Map;

/** What is news about a restore. */
public final class RestoreNotices {
  private RestoreNotices() {}

  /**
   * The news of a restore that has entered the phase that it is in: that it began, and how it
   * ended. An end that leaves machines behind is news twice, since other people act on it.
   */
  public static List<Notice> of(Restore restore) {
    return switch (restore.phase()) {
      case RestorePhase.Running r -> List.of(started(restore));
      case RestorePhase.Done done ->
          done.needPerson() == 0
              ? List.of(ended(restore, done))
              : List.of(ended(restore, done), personNeeded(restore, done));
    };
  }

  private static Notice started(Restore restore) {
    String message =
        "Machines that %s %s hurt are being restored. %s"
            .formatted(restore.product(), restore.blamed(), look(restore));
    return notice(CellEvents.RESTORE_STARTED, restore, message, Map.of());
  }

  private static Notice ended(Restore restore, RestorePhase.Done done) {
    String message =
        "The restore after %s %s has ended: %d restored, %s%d need a person. %s"
            .formatted(
                restore.product(),
                restore.blamed(),
                done.restored(),
                done.leftAlone() == 0 ? "" : done.leftAlone() + " came back by themselves, ",
                done.needPerson(),
                look(restore));
    return notice(
        CellEvents.RESTORE_ENDED,
        restore,
        message,
        Map.of(
            "restored", Integer.toString(done.restored()),
            "leftAlone", Integer.toString(done.leftAlone()),
            "needPerson", Integer.toString(done.needPerson())));
  }

  private static Notice personNeeded(Restore restore, RestorePhase.Done done) {
    String message =
        "A person is needed: %s that %s %s hurt could not be restored. %s"
            .formatted(
                machines(done.needPerson()), restore.product(), restore.blamed(), look(restore));
    return notice(
        CellEvents.PERSON_NEEDED,
        restore,
        message,
        Map.of("needPerson", Integer.toString(done.needPerson())));
  }

  private static String machines(int count) {
    return count == 1 ? "1 machine" : count + " machines";
  }

  private static String look(Restore restore) {
    return Words.ask("restore", "status", restore.id());
  }

  private static Notice notice(
      String type, Restore restore, String message, Map<String, String> facts) {
    return new Notice(type, restore.id(), restore.product(), restore.blamed(), message, facts);
  }
}
