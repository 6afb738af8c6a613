package dev.ringfence.lab.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The HTTP client to give to real SDK clients: answers come from the {@link Wire} in this process,
 * on the caller's thread, at whatever host the request was addressed to.
 */
public final class LabHttpClient implements SdkHttpClient {
  private final Wire wire;

  public LabHttpClient(Wire wire) {
    this.wire = wire;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return outward(wire.answer(inward(request)));
      }

      // Nothing to abort: a call that has begun ends on this very thread.
      @Override
      public void abort() {}
    };
  }

  private static WireRequest inward(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    Map<String, String> headers = new LinkedHashMap<>();
    http.forEachHeader(
        (name, values) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), values.getFirst()));
    headers.putIfAbsent("host", http.host());
    byte[] body = new byte[0];
    if (request.contentStreamProvider().isPresent()) {
      try (InputStream stream = request.contentStreamProvider().get().newStream()) {
        body = stream.readAllBytes();
      }
    }
    return new WireRequest(
        http.method().name(),
        http.encodedPath(),
        http.encodedQueryParameters().orElse(""),
        headers,
        SdkBytes.fromByteArrayUnsafe(body));
  }

  private static HttpExecuteResponse outward(WireResponse answer) {
    SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(answer.status());
    answer.headers().forEach(http::putHeader);
    return HttpExecuteResponse.builder()
        .response(http.build())
        .responseBody(
            AbortableInputStream.create(
                new ByteArrayInputStream(answer.body().asByteArrayUnsafe())))
        .build();
  }

  @Override
  public String clientName() {
    return "Lab";
  }

  /** Several SDK clients may share this one; it holds nothing that needs closing. */
  @Override
  public void close() {}
}
