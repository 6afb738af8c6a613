package dev.ringfence.lab.store;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@link LocalDynamo} as a program, for a LocalStack that is not in its image: it starts this where
 * it would start AWS's launcher, which binds every interface. {@code .ci/with-localstack} compiles
 * it before anything else is built, so it uses nothing but this package and DynamoDB Local.
 */
public final class DynamoProgram {
  /** What comes before the port. */
  private static final String PORT = "-port";

  /** The arguments of AWS's launcher that ask for what is done here anyway. */
  private static final List<String> UNDERSTOOD = List.of("-inMemory");

  private DynamoProgram() {}

  /**
   * Runs until whoever started it ends.
   *
   * @param args those of AWS's launcher: {@code -port 40123 -inMemory}
   * @throws IOException when it cannot listen
   * @throws IllegalArgumentException when something else is asked for
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html">
   *     DynamoDB Local usage notes</a>
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (LocalDynamo _ = LocalDynamo.at(port(List.of(args)))) {
      // A LocalStack that is killed cannot end its children.
      CountDownLatch over = new CountDownLatch(1);
      ProcessHandle.current()
          .parent()
          .ifPresentOrElse(
              parent -> {
                var _ = parent.onExit().thenRun(over::countDown);
              },
              over::countDown);
      over.await();
    }
  }

  /** LocalStack brings an agent that lifts a limit on indexes; the cell's table has no index. */
  public static void premain(String arguments, Instrumentation unused) {}

  private static int port(List<String> args) {
    int at = args.indexOf(PORT);
    if (at < 0 || at + 1 == args.size()) {
      throw new IllegalArgumentException("no " + PORT + " in " + args);
    }
    for (int i = 0; i < args.size(); i++) {
      if (i != at && i != at + 1 && !UNDERSTOOD.contains(args.get(i))) {
        throw new IllegalArgumentException(args.get(i) + " is not understood");
      }
    }
    return Integer.parseInt(args.get(at + 1));
  }
}
