package dev.ringfence.lab.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Passes requests for DynamoDB on to the real engine, unread, and its answers back, untouched. */
final class DynamoPassage {
  /** Belong to one connection and not to the message that travels over it. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "expect", "transfer-encoding", "keep-alive");

  private final SdkHttpClient client;
  private final URI endpoint;

  DynamoPassage(SdkHttpClient client, URI endpoint) {
    this.client = client;
    this.endpoint = endpoint;
  }

  WireResponse pass(WireRequest request) throws IOException {
    byte[] body = request.body().asByteArrayUnsafe();
    SdkHttpFullRequest.Builder onward =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .uri(endpoint)
            .encodedPath(request.path());
    request.headers().forEach((name, value) -> copyHeader(onward, name, value));
    onward.putHeader("content-length", Integer.toString(body.length));
    HttpExecuteResponse response =
        client
            .prepareRequest(
                HttpExecuteRequest.builder()
                    .request(onward.build())
                    .contentStreamProvider(() -> new ByteArrayInputStream(body))
                    .build())
            .call();
    return new WireResponse(
        response.httpResponse().statusCode(),
        headers(response),
        body(response.responseBody().orElse(null)));
  }

  private static void copyHeader(SdkHttpFullRequest.Builder onward, String name, String value) {
    if (!OF_THE_CONNECTION.contains(name)) {
      onward.putHeader(name, value);
    }
  }

  private static Map<String, String> headers(HttpExecuteResponse response) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response
        .httpResponse()
        .forEachHeader((name, values) -> {
          if (name != null && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, values.getFirst());
          }
        });
    return headers;
  }

  private static SdkBytes body(@Nullable AbortableInputStream stream) throws IOException {
    if (stream == null) {
      return SdkBytes.fromByteArrayUnsafe(new byte[0]);
    }
    try (stream) {
      return SdkBytes.fromByteArrayUnsafe(stream.readAllBytes());
    }
  }
}
