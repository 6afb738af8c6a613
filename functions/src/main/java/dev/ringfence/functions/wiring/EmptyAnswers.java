package dev.ringfence.functions.wiring;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An AWS in which nothing exists: every request is answered at once and with nothing, in the
 * protocol that it was asked in. Only the table keeps what is written to it.
 */
final class EmptyAnswers implements SdkHttpClient {
  /** With this header a service is asked in Smithy's RPC, whose bodies are CBOR. */
  private static final String RPC = "smithy-protocol";

  /** CBOR for a map without entries (RFC 8949, appendix A). */
  private static final byte[] NO_ENTRIES = {(byte) 0xa0};

  /** JSON services are asked for an operation in this header, such as {@code DynamoDB_20120810}. */
  private static final String TARGET = "X-Amz-Target";

  private static final String DYNAMODB = "DynamoDB_";

  /** What PutEvents must say; to others it means nothing. */
  private static final String NOTHING_FAILED = "{\"FailedEntryCount\":0}";

  private static final int OK = 200;

  private final RehearsalTable table = new RehearsalTable();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {
        // It is over as soon as it has begun.
      }
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest asked = request.httpRequest();
    SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(OK);
    asked.firstMatchingHeader(RPC).ifPresent(version -> http.putHeader(RPC, version));
    return HttpExecuteResponse.builder()
        .response(http.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body(request))))
        .build();
  }

  private byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.httpRequest().firstMatchingHeader(RPC).isPresent()) {
      return NO_ENTRIES;
    }
    String target = request.httpRequest().firstMatchingHeader(TARGET).orElse("");
    if (target.startsWith(DYNAMODB) && request.contentStreamProvider().isPresent()) {
      try (InputStream body = request.contentStreamProvider().get().newStream()) {
        return table.answer(target.substring(target.indexOf('.') + 1), body);
      }
    }
    return (target.isEmpty() ? "<Empty/>" : NOTHING_FAILED).getBytes(StandardCharsets.UTF_8);
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
