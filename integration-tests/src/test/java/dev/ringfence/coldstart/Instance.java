package dev.ringfence.coldstart;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * One function instance: Lambda's runtime client in a JVM of its own, with the flags that Lambda
 * gives it, in the folder that the function's code was unpacked to.
 */
final class Instance implements AutoCloseable {
  /** How Lambda says that it will take a snapshot after the initialization. */
  private static final String SNAP_START = "snap-start";

  /** The stack gives functions 1,024 MB, and Lambda's JVM takes 85 % of that for the heap. */
  private static final String HEAP = "-XX:MaxHeapSize=" + 1024 * 85 / 100 + "m";

  /** What hooks are told by in Lambda; its runtime client has the counterpart. */
  private static final String CRAC = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final Duration TIME_TO_END = Duration.ofSeconds(20);

  /** What is started. */
  enum Start {
    ON_DEMAND,
    /** Stops before its snapshot would be taken, and goes on when it is restored. */
    SNAP_START
  }

  /**
   * What to start.
   *
   * @param folder Lambda's {@code /var/task}
   * @param handler class and method, with {@code ::} between
   * @param classPath more than the runtime client; for functions that were not packed
   * @param environment what the stack sets
   * @param prefix before the command, such as one that pins it to a processor
   */
  record Code(
      Path folder,
      String handler,
      String classPath,
      Map<String, String> environment,
      List<String> prefix) {}

  private final Process process;
  private final RuntimeApi api;
  private final long startedNanos;
  private final Path log;

  private Instance(Process process, RuntimeApi api, long startedNanos, Path log) {
    this.process = process;
    this.api = api;
    this.startedNanos = startedNanos;
    this.log = log;
  }

  static Instance start(Code code, Start start, InstantSource time) throws IOException {
    RuntimeApi api =
        RuntimeApi.open(time, "arn:aws:lambda:eu-west-1:123456789012:function:measured:live");
    Path log = Files.createTempFile("instance-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command(code, start))
            .directory(code.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(code, start, api));
    long nanos = System.nanoTime();
    return new Instance(builder.start(), api, nanos, log);
  }

  /**
   * Lambda stops compiling at C1, but with Java 25 not where SnapStart is on, since the compiling
   * is done when the snapshot is taken.
   *
   * @see <a href="https://aws.amazon.com/blogs/compute/aws-lambda-now-supports-java-25/">AWS Lambda
   *     now supports Java 25</a>
   */
  private static List<String> command(Code code, Start start) {
    List<String> command = new ArrayList<>(code.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xshare:auto", "-XX:+UseSerialGC", HEAP, "-Djava.net.preferIPv4Stack=true", CRAC));
    if (start == Start.ON_DEMAND) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-classpath");
    command.add(
        code.classPath().isEmpty()
            ? runtimeClient()
            : runtimeClient() + File.pathSeparator + code.classPath());
    command.add(AWSLambda.class.getName());
    command.add(code.handler());
    return command;
  }

  private static Map<String, String> environment(Code code, Start start, RuntimeApi api) {
    Map<String, String> all = new HashMap<>();
    all.put("AWS_LAMBDA_RUNTIME_API", api.address());
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", start == Start.SNAP_START ? SNAP_START : "on-demand");
    all.put("AWS_LAMBDA_FUNCTION_NAME", "measured");
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/measured");
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "measured");
    all.put("LAMBDA_TASK_ROOT", code.folder().toString());
    all.put("_HANDLER", code.handler());
    all.put("LANG", "en_US.UTF-8");
    all.put("TZ", ":UTC");
    all.putAll(code.environment());
    return all;
  }

  /** The jars that Lambda has in its own image, from where this JVM has them. */
  private static String runtimeClient() {
    return Stream.of(
            AWSLambda.class,
            RequestStreamHandler.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)
        .map(Instance::jarOf)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jarOf(Class<?> type) {
    try {
      URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place).toString();
    } catch (URISyntaxException odd) {
      throw new IllegalStateException("where is " + type + "?", odd);
    }
  }

  RuntimeApi api() {
    return api;
  }

  /** Milliseconds between the start of the process and what was said then. */
  double millisUntil(RuntimeApi.Said said) {
    return (said.nanos() - startedNanos) / 1e6;
  }

  /** Milliseconds that the process had of a processor so far; the system counts in tens. */
  double processorMillis() {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  /** Gives the instance an event and waits for its answer. */
  RuntimeApi.Said call(String event) {
    api.invoke(event);
    RuntimeApi.Said answer = await(RuntimeApi.Kind.ANSWERED);
    await(RuntimeApi.Kind.READY);
    return answer;
  }

  /** As {@link RuntimeApi#await}, with the instance's log in what is thrown. */
  RuntimeApi.Said await(RuntimeApi.Kind kind) {
    try {
      return api.await(kind);
    } catch (IllegalStateException unexpected) {
      throw new IllegalStateException(unexpected.getMessage() + "\n" + log(), unexpected);
    }
  }

  /** What the function printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return "its log cannot be read: " + unreadable;
    }
  }

  /** The resident set in bytes, where the system tells it in {@code /proc}. */
  Optional<Long> residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return Optional.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst();
  }

  /** Lets the JDK's own tool ask the instance's JVM, line by line. */
  List<String> jcmd(String... question) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(process.pid()));
    command.addAll(List.of(question));
    Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var lines = asked.inputReader()) {
      return lines.lines().toList();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      api.close();
      Files.deleteIfExists(log);
    }
  }
}
