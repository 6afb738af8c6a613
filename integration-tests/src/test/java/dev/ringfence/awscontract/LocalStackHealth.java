package dev.ringfence.awscontract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an endpoint whether it is LocalStack.
 *
 * @see <a href="https://docs.localstack.cloud/aws/capabilities/networking/internal-endpoints/">
 *     LocalStack's internal endpoints</a>
 */
public final class LocalStackHealth {
  /** It answers on loopback, and at once. */
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(10).toMillis());

  private LocalStackHealth() {}

  /** Its version; empty when something else answers, or nothing. */
  public static Optional<String> version(URI endpoint) {
    try {
      HttpURLConnection call =
          (HttpURLConnection) endpoint.resolve("/_localstack/health").toURL().openConnection();
      call.setConnectTimeout(PATIENCE_MILLIS);
      call.setReadTimeout(PATIENCE_MILLIS);
      JsonNode health = new JsonMapper().readTree(call.getInputStream());
      return Optional.ofNullable(health.path("version").textValue());
    } catch (IOException anotherOne) {
      return Optional.empty();
    }
  }
}
