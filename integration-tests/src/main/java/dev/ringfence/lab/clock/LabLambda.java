package dev.ringfence.lab.clock;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ringfence.lab.time.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda as far as the control plane needs it: functions by name, called synchronously or, as
 * EventBridge does, asynchronously with Lambda's own retries.
 *
 * <p>Departures: a function takes no virtual time; there is no concurrency and so no throttling; an
 * event is delivered once, until a test delivers it twice.
 */
public final class LabLambda {
  /**
   * Lambda tries an asynchronous event twice more, one and then two minutes later.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
   *     Error handling for asynchronous invocation</a>
   */
  private static final List<Duration> ASYNC_RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:(?<name>[^:]+)(:.*)?");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How an invocation ended. */
  public sealed interface Outcome {
    record Returned(JsonNode payload) implements Outcome {}

    /**
     * Failed.
     *
     * @param error the exception's class name, or Lambda's own error name
     * @param cause Lambda's error document, or a sentence
     * @param after how long the caller waited for it
     */
    record Failed(String error, String cause, Duration after) implements Outcome {}
  }

  /** An asynchronous event that Lambda gave up, as it would lie in the dead-letter queue. */
  public record DeadLetter(String function, JsonNode payload, String error, Instant at) {}

  private final VirtualClock clock;
  private final Map<String, RequestStreamHandler> functions = new HashMap<>();
  private final List<LambdaTap> taps = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private long invocations;

  public LabLambda(VirtualClock clock) {
    this.clock = clock;
  }

  /** Installs a function under its name; it is called by name or by any ARN that ends in it. */
  public LabLambda function(String name, RequestStreamHandler handler) {
    functions.put(name, handler);
    return this;
  }

  public LabLambda tap(LambdaTap tap) {
    taps.add(tap);
    return this;
  }

  public void untap(LambdaTap tap) {
    taps.remove(tap);
  }

  /** Calls a function and waits for it, which takes no virtual time. */
  public Outcome invoke(String nameOrArn, JsonNode payload) {
    String name = name(nameOrArn);
    RequestStreamHandler handler = functions.get(name);
    if (handler == null) {
      return failed("Lambda.ResourceNotFoundException", "Function not found: " + nameOrArn);
    }
    invocations++;
    try {
      return new Outcome.Returned(run(name, handler, payload));
    } catch (LambdaFault fault) {
      String cause = Objects.requireNonNullElse(fault.getMessage(), fault.error());
      return new Outcome.Failed(fault.error(), cause, fault.after());
    } catch (FunctionKilled killed) {
      return failed("Runtime.ExitError", document("Runtime.ExitError", killed));
    } catch (Exception | LinkageError | StackOverflowError thrown) {
      // Other errors, above all a failed assertion, are the test's and not the function's.
      String type = thrown.getClass().getName();
      return failed(type, document(type, thrown));
    }
  }

  private JsonNode run(String name, RequestStreamHandler handler, JsonNode payload)
      throws Exception {
    for (LambdaTap tap : List.copyOf(taps)) {
      tap.before(name, payload);
    }
    String requestId = String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", invocations);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(payload)),
        out,
        new LabContext(name, requestId));
    JsonNode result = JSON.readTree(out.toByteArray());
    for (LambdaTap tap : List.copyOf(taps)) {
      tap.after(name, payload);
    }
    return result.isMissingNode() ? NullNode.getInstance() : result;
  }

  /** The document that a managed runtime reports for an exception, without its stack. */
  private static String document(String type, Throwable thrown) {
    return JSON.createObjectNode()
        .put("errorMessage", thrown.getMessage())
        .put("errorType", type)
        .toString();
  }

  private static Outcome failed(String error, String cause) {
    return new Outcome.Failed(error, cause, Duration.ZERO);
  }

  /** Puts an event into Lambda's queue; it is delivered at this very instant, but not yet. */
  public void invokeAsync(String nameOrArn, JsonNode payload) {
    clock.after(Duration.ZERO, () -> deliver(nameOrArn, payload, 0));
  }

  private void deliver(String function, JsonNode payload, int retriesDone) {
    if (invoke(function, payload) instanceof Outcome.Failed failed) {
      Instant failedAt = clock.instant().plus(failed.after());
      if (retriesDone < ASYNC_RETRIES.size()) {
        clock.at(
            failedAt.plus(ASYNC_RETRIES.get(retriesDone)),
            () -> deliver(function, payload, retriesDone + 1));
      } else {
        deadLetters.add(new DeadLetter(name(function), payload, failed.error(), failedAt));
      }
    }
  }

  /** Events that were given up, oldest first; a copy. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** How often functions were started, retries included. */
  public long invocations() {
    return invocations;
  }

  private static String name(String nameOrArn) {
    Matcher arn = ARN.matcher(nameOrArn);
    return arn.matches() ? arn.group("name") : nameOrArn;
  }
}
