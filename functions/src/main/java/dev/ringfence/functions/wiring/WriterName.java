package dev.ringfence.functions.wiring;

import java.util.UUID;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Tells this function instance's own writes from everybody else's. Lambda restores many instances
 * from one snapshot, so a name that was drawn before the snapshot would be all of theirs: it is
 * drawn anew when an instance is restored.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
 *     uniqueness with Lambda SnapStart</a>
 */
final class WriterName implements Resource, Supplier<String> {
  private volatile String name = drawn();

  /**
   * Listens for restores; whoever asks for the name must keep this, as the listeners' list does
   * not.
   */
  static WriterName listening() {
    WriterName name = new WriterName();
    Core.getGlobalContext().register(name);
    return name;
  }

  @Override
  public String get() {
    return name;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    // Nothing is open that a snapshot could not hold.
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    name = drawn();
  }

  private static String drawn() {
    return UUID.randomUUID().toString();
  }
}
