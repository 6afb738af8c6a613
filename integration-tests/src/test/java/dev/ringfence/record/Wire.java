package dev.ringfence.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The way to DynamoDB, on which an answer can be lost and others can get in between. */
final class Wire implements SdkHttpClient {
  private final SdkHttpClient real;
  private final AtomicReference<@Nullable Fault> next = new AtomicReference<>();
  private final List<String> calls = new ArrayList<>();

  /**
   * @param before runs before the call goes out
   * @param loseAnswer whether the caller gets an error although the call took place
   */
  private record Fault(String operation, Runnable before, boolean loseAnswer) {}

  Wire(SdkHttpClient real) {
    this.real = real;
  }

  /** Does something just before the next call of that operation. */
  void before(String operation, Runnable what) {
    next.set(new Fault(operation, what, false));
  }

  /** Lets the next call of that operation take place and loses its answer. */
  void loseAnswerTo(String operation) {
    loseAnswerTo(operation, () -> {});
  }

  void loseAnswerTo(String operation, Runnable before) {
    next.set(new Fault(operation, before, true));
  }

  /** The operations called so far, first attempts and others. */
  List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    String operation = target.substring(target.indexOf('.') + 1);
    synchronized (calls) {
      calls.add(operation);
    }
    Fault fault = next.get();
    boolean hit =
        fault != null && fault.operation().equals(operation) && next.compareAndSet(fault, null);
    if (fault == null || !hit) {
      return real.prepareRequest(request);
    }
    fault.before().run();
    return fault.loseAnswer() ? losing(real.prepareRequest(request)) : real.prepareRequest(request);
  }

  private static ExecutableHttpRequest losing(ExecutableHttpRequest call) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        call.call();
        throw new IOException("the answer was lost");
      }

      @Override
      public void abort() {
        call.abort();
      }
    };
  }

  @Override
  public void close() {
    real.close();
  }
}
