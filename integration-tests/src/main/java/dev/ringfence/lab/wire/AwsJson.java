package dev.ringfence.lab.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/**
 * AWS JSON 1.0 and 1.1, which differ in nothing but the content type; times are epoch seconds with
 * decimals unless the field says otherwise.
 *
 * @param contentType the request's, given back in the answer
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1</a>
 */
record AwsJson(String contentType) implements Protocol {
  private static final ObjectMapper JSON = new ObjectMapper();

  static AwsJson of(WireRequest request) {
    return new AwsJson(
        Objects.requireNonNullElse(request.header("content-type"), "application/x-amz-json-1.0"));
  }

  @Override
  public SdkPojo decode(WireRequest request, SdkPojo builder) {
    byte[] body = request.plainBody();
    return TreeDecoder.decode(body.length == 0 ? JSON.createObjectNode() : tree(body), builder);
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (IOException notJson) {
      throw new AwsFault("SerializationException", 400, "The body is not JSON");
    }
    throw new AwsFault("SerializationException", 400, "The body is not a JSON object");
  }

  @Override
  public WireResponse encode(String operation, SdkPojo answer, String requestId) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.getFactory().createGenerator(body)) {
      new TreeEncoder(out, AwsJson::writeTime).structure(answer);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing JSON into memory failed", impossible);
    }
    return response(200, requestId, SdkBytes.fromByteArrayUnsafe(body.toByteArray()));
  }

  private static void writeTime(JsonGenerator out, SdkField<?> field, Instant time)
      throws IOException {
    switch (Scalars.timestampFormat(field, TimestampFormatTrait.Format.UNIX_TIMESTAMP)) {
      case ISO_8601 -> out.writeString(Scalars.write(time));
      case UNIX_TIMESTAMP -> out.writeNumber(Scalars.epochSeconds(time));
      case UNIX_TIMESTAMP_MILLIS -> out.writeNumber(time.toEpochMilli());
      case RFC_822 ->
          throw new IllegalStateException(field.locationName() + ": RFC 822 is not for JSON");
    }
  }

  @Override
  public WireResponse fault(AwsFault fault, String requestId) {
    ObjectNode body = JSON.createObjectNode();
    body.put("__type", fault.code());
    body.put("message", fault.getMessage());
    return response(fault.status(), requestId, SdkBytes.fromUtf8String(body.toString()));
  }

  private WireResponse response(int status, String requestId, SdkBytes body) {
    return new WireResponse(
        status, Map.of("content-type", contentType, "x-amzn-requestid", requestId), body);
  }
}
