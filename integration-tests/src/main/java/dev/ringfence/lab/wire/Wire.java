package dev.ringfence.lab.wire;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Answers AWS requests from the {@link Services}, and those for DynamoDB from the real engine. It
 * runs on its caller's thread and is not for two threads at once: what it calls is as
 * single-threaded as the lab's clock. {@link LabPort} shows how to take turns.
 *
 * <p>Departures from AWS: signatures are not checked; an operation that the lab does not have is a
 * 400 that says so, never a 500, which SDKs would try again.
 */
public final class Wire {
  private static final String DYNAMODB = "dynamodb";

  private final Services services;
  private final List<WireTap> taps = new ArrayList<>();
  private @Nullable DynamoPassage dynamo;
  private Function<WireRequest, Optional<WireResponse>> lambda = request -> Optional.empty();
  private long answered;

  public Wire(Services services) {
    this.services = services;
  }

  /** Adds a tap behind those that are there. */
  public Wire tap(WireTap tap) {
    taps.add(tap);
    return this;
  }

  public void untap(WireTap tap) {
    taps.remove(tap);
  }

  /**
   * Says where requests for DynamoDB go.
   *
   * @param client a real HTTP client; whoever made it closes it
   * @param endpoint where DynamoDB listens
   */
  public Wire passDynamoTo(SdkHttpClient client, URI endpoint) {
    dynamo = new DynamoPassage(client, endpoint);
    return this;
  }

  /** Says who answers requests to Lambda, which travel in a protocol of their own. */
  public Wire passLambdaTo(Function<WireRequest, Optional<WireResponse>> next) {
    lambda = next;
    return this;
  }

  /**
   * Answers one request; also a refusal is an answer.
   *
   * @throws IOException when a tap lost the request or the answer
   */
  public WireResponse answer(WireRequest request) throws IOException {
    String requestId = nextRequestId();
    Optional<WireResponse> invoked = lambda.apply(request);
    if (invoked.isPresent()) {
      return invoked.get();
    }
    try {
      Route route = Route.of(request);
      return DYNAMODB.equals(route.service())
          ? passOn(route, request)
          : serve(route, request, requestId);
    } catch (AwsFault fault) {
      return Route.protocolOf(request).fault(fault, requestId);
    }
  }

  private WireResponse serve(Route route, WireRequest request, String requestId)
      throws IOException {
    Services.Operation operation =
        services.find(route.service(), route.operation()).orElseThrow(() -> unknown(route));
    SdkPojo pojo = route.protocol().decode(request, operation.requestBuilder().get());
    SdkPojo message = pojo instanceof Streamed streamed ? streamed.message() : pojo;
    WireCall call =
        new WireCall(route.service(), route.operation(), Optional.of(message), request.body());
    for (WireTap tap : List.copyOf(taps)) {
      tap.before(call);
    }
    SdkPojo answer = effect(operation, pojo, call);
    for (WireTap tap : List.copyOf(taps)) {
      tap.after(call);
    }
    return route.protocol().encode(route.operation(), answer, requestId);
  }

  private SdkPojo effect(Services.Operation operation, SdkPojo pojo, WireCall call) {
    try {
      return operation.answer().apply(pojo);
    } catch (AwsFault fault) {
      taps.forEach(tap -> tap.refused(call, fault));
      throw fault;
    }
  }

  private WireResponse passOn(Route route, WireRequest request) throws IOException {
    DynamoPassage passage = dynamo;
    if (passage == null) {
      throw unknown(route);
    }
    WireCall call =
        new WireCall(route.service(), route.operation(), Optional.empty(), request.body());
    for (WireTap tap : List.copyOf(taps)) {
      tap.before(call);
    }
    WireResponse response = passage.pass(request);
    for (WireTap tap : List.copyOf(taps)) {
      tap.after(call);
    }
    return response;
  }

  private static AwsFault unknown(Route route) {
    return new AwsFault(
        "UnknownOperationException",
        400,
        "The lab has no operation " + route.service() + "." + route.operation());
  }

  /** Counted and not random, so that a run can be repeated. */
  private String nextRequestId() {
    answered++;
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", answered);
  }
}
