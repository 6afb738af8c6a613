package dev.ringfence.lab.cloud.account;

import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** Where one service's operations are opened to the public: throttle first, then dry run. */
public final class Desk {
  private final String service;
  private final Services services;
  private final Throttles throttles;

  public Desk(String service, Services services, Throttles throttles) {
    this.service = service;
    this.services = services;
    this.throttles = throttles;
  }

  public <Q extends SdkRequest, R extends SdkPojo> void open(
      String operation, Supplier<? extends SdkPojo> requestBuilder, Function<Q, R> answer) {
    open(operation, requestBuilder, request -> false, answer);
  }

  /**
   * Opens an operation that can ask for a whole list at once.
   *
   * @param whole whether a request asks for everything, with neither ids nor filters nor pages; it
   *     is then throttled harder
   */
  public <Q extends SdkRequest, R extends SdkPojo> void open(
      String operation,
      Supplier<? extends SdkPojo> requestBuilder,
      Predicate<Q> whole,
      Function<Q, R> answer) {
    services.on(
        service,
        operation,
        requestBuilder,
        (Q request) -> {
          throttles.take(service, whole.test(request) ? operation + Throttles.WHOLE : operation);
          throttles.takeInstances(service, operation, instances(request));
          refuseDryRun(request);
          return answer.apply(request);
        });
  }

  /** How many instances a request is about. */
  private static int instances(SdkRequest request) {
    return request
        .getValueForField("InstanceIds", Collection.class)
        .map(ids -> ((Collection<?>) ids).size())
        .orElseGet(() -> request.getValueForField("MaxCount", Integer.class).orElse(1));
  }

  /** EC2 answers a dry run with a fault that says it would have worked. */
  private static void refuseDryRun(SdkRequest request) {
    if (request.getValueForField("DryRun", Boolean.class).orElse(false)) {
      throw new AwsFault(
          "DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
    }
  }
}
