package dev.ringfence.lab;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a browser sends for a page, whichever site the page is from. The JDK's client would
 * not let a test choose the {@code Host}.
 */
public final class Browser {
  /** A local answer takes milliseconds; a test that gets none must end. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Browser() {}

  /** What came back. */
  public record Answer(int status, String body) {}

  /**
   * Posts an empty JSON object.
   *
   * @param host the header of that name; {@code PORT} in it stands for the port
   * @param origin likewise; null to send none
   * @param header one more, as it stands on its line
   */
  public static Answer post(
      URI endpoint, String path, String host, @Nullable String origin, String header)
      throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + (origin == null ? "" : "\r\nOrigin: " + origin)
            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n"
            + header
            + "\r\n\r\n{}";
    String port = Integer.toString(endpoint.getPort());
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(head.replace("PORT", port).getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String status = answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
      return new Answer(Integer.parseInt(status), answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }
}
