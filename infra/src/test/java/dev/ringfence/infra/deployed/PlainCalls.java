package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Calls without a client of the SDK: the answer is wanted in the service's own JSON, whose names
 * are those of the template. LocalStack asks for no signature, but for the service in it.
 */
final class PlainCalls {
  /** A function's answer may take as long as a JVM needs to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI endpoint;

  PlainCalls(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Reads a resource of a service that has paths, such as Lambda. */
  JsonNode get(String service, String path) {
    return answered(request(service, path).GET());
  }

  /**
   * Calls an operation of a service that is told which by a header, such as DynamoDB.
   *
   * @param operation with the API's name before it
   */
  JsonNode call(String service, String operation, String json) {
    return answered(
        request(service, "/")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", operation)
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String service, String path) {
    return HttpRequest.newBuilder(endpoint.resolve(path))
        .timeout(PATIENCE)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=none"
                .formatted(Cloud.REGION.id(), service));
  }

  private static JsonNode answered(HttpRequest.Builder request) {
    HttpRequest call = request.build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(call, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(call + " got " + answer.statusCode() + ": " + answer.body());
      }
      return Shapes.parsed(answer.body());
    } catch (IOException unanswered) {
      throw new AssertionError(call + " got no answer", unanswered);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(call + " was stopped", stopped);
    }
  }
}
