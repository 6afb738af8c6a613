package dev.ringfence.lab.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The lab's HTTP port, for the AWS CLI and other real clients; on 127.0.0.1 and nowhere else.
 *
 * <p>Requests are answered one at a time, each holding the turn, because the wire and the clock are
 * single-threaded: whoever runs the clock beside an open port must hold the same lock while doing
 * so.
 */
public final class LabPort implements AutoCloseable {
  /** Let the system choose a port. */
  public static final int ANY_PORT = 0;

  /** What a client on this machine calls it by; no other name resolves to loopback by itself. */
  private static final List<String> OWN_NAMES = List.of("127.0.0.1", "localhost");

  /** Zero seconds of grace: a closing lab owes no answers. */
  private static final int NO_GRACE = 0;

  private final HttpServer server;
  private final ExecutorService thread;
  private final Wire wire;
  private final Lock turn;
  private final Function<WireRequest, Optional<WireResponse>> pages;

  private LabPort(
      HttpServer server,
      ExecutorService thread,
      Wire wire,
      Lock turn,
      Function<WireRequest, Optional<WireResponse>> pages) {
    this.server = server;
    this.thread = thread;
    this.wire = wire;
    this.turn = turn;
    this.pages = pages;
  }

  /**
   * Starts listening.
   *
   * @param port {@link #ANY_PORT} or the one to use
   * @param turn held during each answer
   * @throws IOException when the port is taken
   */
  public static LabPort open(int port, Wire wire, Lock turn) throws IOException {
    return open(port, wire, turn, request -> Optional.empty());
  }

  /**
   * Starts listening, with pages for a browser.
   *
   * @param pages asked first, also about requests that are not signed: it must know by itself whom
   *     to answer
   * @throws IOException when the port is taken
   */
  public static LabPort open(
      int port, Wire wire, Lock turn, Function<WireRequest, Optional<WireResponse>> pages)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().daemon().name("lab-port").unstarted(work));
    LabPort lab = new LabPort(server, thread, wire, turn, pages);
    server.createContext("/", lab::handle);
    server.setExecutor(thread);
    server.start();
    return lab;
  }

  /** Such as {@code http://127.0.0.1:4571}: what {@code --endpoint-url} wants. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A lost request or answer closes the connection without a word, as a broken network would. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(inward(exchange)));
    }
  }

  private WireResponse answer(WireRequest request) throws IOException {
    turn.lock();
    try {
      if (isForeign(request)) {
        return refusal(
            request,
            new AwsFault("AccessDenied", 403, "The lab answers who asks at " + endpoint()));
      }
      Optional<WireResponse> page = pages.apply(request);
      if (page.isPresent()) {
        return page.get();
      }
      if (Route.signingName(request) == null) {
        // A web page can make a browser post here, but it cannot make it sign.
        return refusal(
            request,
            new AwsFault("MissingAuthenticationToken", 403, "The request is not signed (SigV4)"));
      }
      return wire.answer(request);
    } catch (RuntimeException defect) {
      // Not a 500: SDKs would try a defect of the lab again and hide it in the noise.
      return refusal(request, new AwsFault("LabDefect", 400, defect.toString()));
    } finally {
      turn.unlock();
    }
  }

  /**
   * Whether a page of another site asks, in a browser on this machine. It may be able to post here,
   * but its origin tells; and a name of its own that it pointed at loopback stands in the host.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-7">The Origin header</a>
   */
  private boolean isForeign(WireRequest request) {
    int port = server.getAddress().getPort();
    String host = request.header("host");
    if (host == null || OWN_NAMES.stream().noneMatch(name -> host.equals(name + ":" + port))) {
      return true;
    }
    String origin = request.header("origin");
    return origin != null && !origin.equals("http://" + host);
  }

  private static WireResponse refusal(WireRequest request, AwsFault fault) {
    return Route.protocolOf(request).fault(fault, "00000000-0000-4000-8000-000000000000");
  }

  private static WireRequest inward(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = exchange.getRequestBody().readNBytes(WireRequest.LARGEST_BODY_BYTES + 1);
    if (body.length > WireRequest.LARGEST_BODY_BYTES) {
      throw new IOException("A request of more than 16 MiB");
    }
    return new WireRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
        headers,
        SdkBytes.fromByteArrayUnsafe(body));
  }

  private static void send(HttpExchange exchange, WireResponse answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().asByteArrayUnsafe();
    if (!exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().remove("content-length");
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(NO_GRACE);
    thread.shutdownNow();
  }
}
