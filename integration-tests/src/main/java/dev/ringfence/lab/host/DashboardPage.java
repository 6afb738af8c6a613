package dev.ringfence.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.wire.WireRequest;
import dev.ringfence.lab.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Serves a page that hosts the widget as a CloudWatch dashboard does: it invokes the function,
 * cleans the HTML that comes back, and makes {@code cwdb-action} work. Requests need no signature
 * here, so what invokes the function must come from this very page; the port refuses other hosts
 * and origins, and the page says a word that other sites' pages cannot.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard.html">
 *     Custom widgets</a>
 */
public final class DashboardPage implements Function<WireRequest, Optional<WireResponse>> {
  /** Where a browser finds it. */
  public static final String PATH = "/widget";

  private static final String CALL = PATH + "/call";

  /** Another site's page cannot send a header of its own without asking first, and is refused. */
  private static final String SENDER = "x-ringfence-lab";

  /** The page may load and call nothing but this port, and runs no script but its own file. */
  private static final String RULES =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> FILES =
      Map.of(PATH, "host.html", PATH + "/host.js", "host.js", PATH + "/host.css", "host.css");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LabLambda lambda;
  private final String widget;

  /**
   * The page of one widget.
   *
   * @param widget the function's name; no other can be invoked from here
   */
  public DashboardPage(LabLambda lambda, String widget) {
    this.lambda = lambda;
    this.widget = widget;
  }

  /** Answers a request for the page or from it; empty when it is for something else. */
  @Override
  public Optional<WireResponse> apply(WireRequest request) {
    String file = FILES.get(request.path());
    if (file == null && !request.path().equals(CALL)) {
      return Optional.empty();
    }
    if (file != null) {
      return Optional.of(request.method().equals("GET") ? file(file) : plain(405, "GET only"));
    }
    boolean own = request.method().equals("POST") && "dashboard".equals(request.header(SENDER));
    return Optional.of(own ? call(request) : plain(403, "Only the lab's own page may call"));
  }

  private WireResponse call(WireRequest request) {
    JsonNode call;
    try {
      call = JSON.readTree(request.body().asByteArray());
    } catch (IOException malformed) {
      return plain(400, "The call is not JSON");
    }
    String function = call.path("function").asText(widget);
    if (!function.equals(widget) && !function.endsWith(":function:" + widget)) {
      return plain(403, "Only " + widget + " is called from here, not " + function);
    }
    return switch (lambda.invoke(function, call.path("payload"))) {
      case LabLambda.Outcome.Returned(JsonNode result) ->
          response(200, "application/json", result.toString().getBytes(StandardCharsets.UTF_8));
      case LabLambda.Outcome.Failed(String error, String cause, Duration after) ->
          plain(502, error + ": " + cause);
    };
  }

  private static WireResponse file(String name) {
    try (InputStream file = DashboardPage.class.getResourceAsStream(name)) {
      byte[] content = Objects.requireNonNull(file, name).readAllBytes();
      String type = name.substring(name.lastIndexOf('.') + 1);
      return response(200, type.equals("js") ? "text/javascript" : "text/" + type, content);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static WireResponse plain(int status, String sentence) {
    return response(status, "text/plain", sentence.getBytes(StandardCharsets.UTF_8));
  }

  private static WireResponse response(int status, String type, byte[] body) {
    return new WireResponse(
        status,
        Map.of(
            "content-type",
            type + "; charset=utf-8",
            "content-security-policy",
            RULES,
            "x-content-type-options",
            "nosniff",
            "cache-control",
            "no-store"),
        SdkBytes.fromByteArrayUnsafe(body));
  }
}
