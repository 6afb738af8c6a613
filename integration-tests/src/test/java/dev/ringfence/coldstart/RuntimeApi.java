package dev.ringfence.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lambda's runtime API for one function instance, on 127.0.0.1. The function's runtime client asks
 * it for events and posts answers; whoever opened it hands events in and waits.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
final class RuntimeApi implements AutoCloseable {
  /** What a client says to the API, in the order in which it comes. */
  enum Kind {
    /** Initialized, and waits for its first or next event. */
    READY,
    /** Before a snapshot: its hooks have run, and it waits to be restored. */
    AT_CHECKPOINT,
    ANSWERED,
    FAILED,
    /** It could not be initialized or restored, and ends. */
    BROKEN
  }

  /**
   * One thing that the client said.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param body the answer or the error document; empty where there is none
   */
  record Said(Kind kind, long nanos, String body) {}

  /** The version in every path of the API, and the other that SnapStart's are under. */
  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

  private static final String RESTORE = "/runtime/restore/";

  /** Longer than anything here takes on a machine that does ten other things. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Lambda's longest timeout; nothing here is stopped by it. */
  private static final Duration TIME_LEFT = Duration.ofMinutes(15);

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final ExecutorService threads;
  private final InstantSource time;
  private final String functionArn;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> restores = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private final AtomicLong requests = new AtomicLong();

  private RuntimeApi(
      HttpServer server, ExecutorService threads, InstantSource time, String functionArn) {
    this.server = server;
    this.threads = threads;
    this.time = time;
    this.functionArn = functionArn;
  }

  /**
   * Starts listening on any free port.
   *
   * @param time by which deadlines are told to the function
   * @param functionArn by which the function believes itself to be invoked
   */
  static RuntimeApi open(InstantSource time, String functionArn) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().daemon().name("runtime-api").unstarted(work));
    RuntimeApi api = new RuntimeApi(server, threads, time, functionArn);
    server.createContext("/", api::handle);
    server.setExecutor(threads);
    server.start();
    return api;
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} has it. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Hands an event in; the client gets it when it asks. */
  void invoke(String event) {
    events.add(event);
  }

  /** Lets a client go on that waits at its checkpoint. */
  void restore() {
    restores.add(true);
  }

  /**
   * Waits for what the client says next.
   *
   * @throws IllegalStateException when it says something else, or nothing for long
   */
  Said await(Kind expected) {
    try {
      Said next = said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null || next.kind() != expected) {
        throw new IllegalStateException("waited for " + expected + " and heard " + next);
      }
      return next;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for " + expected, stopped);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (path.equals(INVOCATION + "next")) {
        hear(Kind.READY, now, "");
        giveEvent(exchange, taken(events));
      } else if (path.endsWith(RESTORE + "next")) {
        hear(Kind.AT_CHECKPOINT, now, "");
        taken(restores);
        send(exchange, OK, "");
      } else if (path.startsWith(INVOCATION)) {
        hear(path.endsWith("/response") ? Kind.ANSWERED : Kind.FAILED, now, body);
        send(exchange, ACCEPTED, "{\"status\":\"OK\"}");
      } else if (path.endsWith("/init/error") || path.endsWith(RESTORE + "error")) {
        hear(Kind.BROKEN, now, body);
        send(exchange, ACCEPTED, "{\"status\":\"OK\"}");
      } else {
        send(exchange, NOT_FOUND, "");
      }
    }
  }

  private void hear(Kind kind, long nanos, String body) {
    said.add(new Said(kind, nanos, body));
  }

  private void giveEvent(HttpExchange exchange, String event) throws IOException {
    String id =
        String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", requests.incrementAndGet());
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", id);
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(time.millis() + TIME_LEFT.toMillis()));
    headers.set("Content-Type", "application/json");
    send(exchange, OK, event);
  }

  private static <T> T taken(BlockingQueue<T> queue) throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException closing) {
      throw new InterruptedIOException("the runtime API is closed");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
