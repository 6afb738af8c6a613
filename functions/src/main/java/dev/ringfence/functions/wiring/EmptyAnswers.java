package dev.ringfence.functions.wiring;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers every request at once and with nothing, in the protocol that it was asked in. */
final class EmptyAnswers implements SdkHttpClient {
  /** With this header a service is asked in Smithy's RPC, whose bodies are CBOR. */
  private static final String RPC = "smithy-protocol";

  /** CBOR for a map without entries (RFC 8949, appendix A). */
  private static final byte[] NO_ENTRIES = {(byte) 0xa0};

  private static final int OK = 200;

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    HttpExecuteResponse answer = answer(request.httpRequest());
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return answer;
      }

      @Override
      public void abort() {
        // It is over as soon as it has begun.
      }
    };
  }

  private static HttpExecuteResponse answer(SdkHttpRequest request) {
    SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(OK);
    request.firstMatchingHeader(RPC).ifPresent(version -> http.putHeader(RPC, version));
    return HttpExecuteResponse.builder()
        .response(http.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body(request))))
        .build();
  }

  private static byte[] body(SdkHttpRequest request) {
    if (request.firstMatchingHeader(RPC).isPresent()) {
      return NO_ENTRIES;
    }
    boolean json = request.firstMatchingHeader("X-Amz-Target").isPresent();
    return (json ? "{}" : "<Empty/>").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String clientName() {
    return "EmptyAnswers";
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
