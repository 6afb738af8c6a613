package dev.ringfence.lab.clock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringfence.lab.wire.WireRequest;
import dev.ringfence.lab.wire.WireResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Lambda's {@code Invoke} as {@code aws lambda invoke} calls it: synchronously, or with {@code
 * --invocation-type Event}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaApi {
  private static final Pattern INVOKE =
      Pattern.compile("/2015-03-31/functions/(?<function>[^/]+)/invocations");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LabLambda lambda;

  public LambdaApi(LabLambda lambda) {
    this.lambda = lambda;
  }

  /** Answers a call of Lambda; empty when it is a call of something else. */
  public Optional<WireResponse> answer(WireRequest request) {
    Matcher path = INVOKE.matcher(request.path());
    if (!path.matches() || !request.method().equals("POST")) {
      return Optional.empty();
    }
    String function = URLDecoder.decode(path.group("function"), StandardCharsets.UTF_8);
    byte[] body = request.body().asByteArray();
    JsonNode payload;
    try {
      payload = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException malformed) {
      return Optional.of(
          fault(
              400,
              "InvalidRequestContentException",
              "Could not parse request body into json: " + malformed.getClass().getSimpleName()));
    }
    if ("Event".equals(request.header("x-amz-invocation-type"))) {
      lambda.invokeAsync(function, payload);
      return Optional.of(response(202, Map.of(), new byte[0]));
    }
    return Optional.of(invoke(function, payload));
  }

  private WireResponse invoke(String function, JsonNode payload) {
    return switch (lambda.invoke(function, payload)) {
      case LabLambda.Outcome.Returned(JsonNode result) ->
          response(200, Map.of("x-amz-executed-version", "$LATEST"), print(result));
      case LabLambda.Outcome.Failed(String error, String cause, Duration after) ->
          error.endsWith("ResourceNotFoundException")
              ? fault(404, "ResourceNotFoundException", cause)
              : response(
                  200,
                  Map.of("x-amz-function-error", "Unhandled"),
                  cause.getBytes(StandardCharsets.UTF_8));
    };
  }

  private static WireResponse fault(int status, String type, String message) {
    byte[] body = print(JSON.createObjectNode().put("Type", "User").put("Message", message));
    return response(status, Map.of("x-amzn-errortype", type), body);
  }

  private static WireResponse response(int status, Map<String, String> headers, byte[] body) {
    return new WireResponse(status, headers, SdkBytes.fromByteArrayUnsafe(body));
  }

  private static byte[] print(JsonNode tree) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree is always JSON", impossible);
    }
  }
}
