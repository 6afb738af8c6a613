package dev.ringfence.functions.wiring;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An AWS within the process, in which one machine exists and nothing else: whatever is not asked
 * about that machine is answered with nothing, in the protocol that it was asked in. Only the table
 * keeps what is written to it.
 */
final class RehearsalAws implements SdkHttpClient {
  /** With this header a service is asked in Smithy's RPC, whose bodies are CBOR. */
  private static final String RPC = "smithy-protocol";

  /** CBOR for a map without entries (RFC 8949, appendix A). */
  private static final byte[] NO_ENTRIES = {(byte) 0xa0};

  /** JSON services are asked for an operation in this header, such as {@code DynamoDB_20120810}. */
  private static final String TARGET = "X-Amz-Target";

  private static final String DYNAMODB = "DynamoDB_";

  private static final int OK = 200;

  private final RehearsalTable table = new RehearsalTable();
  private final RehearsalMachine machine;

  RehearsalAws(Instant now) {
    this.machine = new RehearsalMachine(now);
  }

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
    String content = content(request);
    if (target.startsWith(DYNAMODB)) {
      return table.answer(target.substring(target.indexOf('.') + 1), content);
    }
    return (target.isEmpty() ? machine.form(content) : machine.json(target))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String content(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return "";
    }
    try (InputStream body = request.contentStreamProvider().get().newStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String clientName() {
    return "RehearsalAws";
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
