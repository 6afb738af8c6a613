package dev.ringfence.lab.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.WireRequest;
import dev.ringfence.lab.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** What the page on the lab's port invokes, and for whom. */
class DashboardPageTest {
  private static final Map<String, String> OWN = Map.of("x-ringfence-lab", "dashboard");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> called = new ArrayList<>();
  private final LabLambda lambda =
      new LabLambda(new VirtualClock(Instant.parse("2026-11-03T08:00:00Z")))
          .function(
              "ringfence-widget",
              (input, output, context) -> {
                called.add(JSON.readTree(input));
                output.write("\"<p>hello</p>\"".getBytes(StandardCharsets.UTF_8));
              })
          .function("ringfence-other", (input, output, context) -> called.add(NullNode.instance));
  private final DashboardPage page = new DashboardPage(lambda, "ringfence-widget");

  private Optional<WireResponse> ask(
      String method, String path, Map<String, String> headers, String body) {
    return page.apply(new WireRequest(method, path, "", headers, SdkBytes.fromUtf8String(body)));
  }

  private int call(String method, Map<String, String> headers, String body) {
    return ask(method, "/widget/call", headers, body).orElseThrow().status();
  }

  @Test
  void itsOwnCall_reachesTheWidget() {
    WireResponse answer =
        ask("POST", "/widget/call", OWN, "{\"payload\":{\"show\":\"edge-2-0\"}}").orElseThrow();

    assertEquals("\"<p>hello</p>\"", answer.body().asUtf8String());
    assertEquals("[{\"show\":\"edge-2-0\"}]", called.toString());
  }

  @Test
  void callWithoutThePagesWord_invokesNothing() {
    assertEquals(403, call("POST", Map.of(), "{\"payload\":{}}"));
    assertEquals(403, call("GET", OWN, "{\"payload\":{}}"));
    assertEquals(List.of(), called);
  }

  @Test
  void callOfAnotherFunction_invokesNothing() {
    assertEquals(403, call("POST", OWN, "{\"function\":\"ringfence-other\",\"payload\":{}}"));
    assertEquals(
        403,
        call(
            "POST",
            OWN,
            "{\"function\":\"arn:aws:lambda:eu-west-1:1:function:ringfence-other\",\"payload\":{}}"));
    assertEquals(400, call("POST", OWN, "{"));
    assertEquals(List.of(), called);
  }

  @Test
  void page_mayLoadNothingFromElsewhere_andStandInNoFrame() {
    for (String path : List.of("/widget", "/widget/host.js", "/widget/host.css")) {
      WireResponse file = ask("GET", path, Map.of(), "").orElseThrow();
      assertEquals(200, file.status(), path);
      String rules = file.headers().getOrDefault("content-security-policy", "none");
      assertEquals(
          List.of(true, true),
          List.of(rules.contains("default-src 'none'"), rules.contains("frame-ancestors 'none'")));
    }
    assertEquals(Optional.empty(), ask("POST", "/", OWN, ""), "AWS requests are not its business");
  }
}
