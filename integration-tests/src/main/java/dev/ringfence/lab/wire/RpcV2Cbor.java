package dev.ringfence.lab.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Smithy RPC v2 in CBOR, which CloudWatch speaks. A time is tagged 1 and counted in seconds.
 *
 * @see <a href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">Smithy RPC
 *     v2</a>
 */
final class RpcV2Cbor implements Protocol {
  static final RpcV2Cbor INSTANCE = new RpcV2Cbor();

  /** RFC 8949, 3.4.2: seconds since the epoch. */
  private static final int EPOCH_TAG = 1;

  private static final double MILLIS_PER_SECOND = 1000.0;
  private static final CBORMapper CBOR = new CBORMapper();

  private RpcV2Cbor() {}

  @Override
  public SdkPojo decode(WireRequest request, SdkPojo builder) {
    byte[] body = request.plainBody();
    return TreeDecoder.decode(body.length == 0 ? CBOR.createObjectNode() : tree(body), builder);
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = CBOR.readTree(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (IOException notCbor) {
      throw new AwsFault("SerializationException", 400, "The body is not CBOR");
    }
    throw new AwsFault("SerializationException", 400, "The body is not a CBOR map");
  }

  @Override
  public WireResponse encode(String operation, SdkPojo answer, String requestId) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator out = CBOR.getFactory().createGenerator(body)) {
      new TreeEncoder(out, RpcV2Cbor::writeTime).structure(answer);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing CBOR into memory failed", impossible);
    }
    return response(
        200,
        Map.of("x-amzn-requestid", requestId),
        SdkBytes.fromByteArrayUnsafe(body.toByteArray()));
  }

  private static void writeTime(JsonGenerator out, SdkField<?> field, Instant time)
      throws IOException {
    ((CBORGenerator) out).writeTag(EPOCH_TAG);
    out.writeNumber(time.toEpochMilli() / MILLIS_PER_SECOND);
  }

  /**
   * CloudWatch came from the Query protocol, so it also tells the old error code in a header, and
   * SDKs show that one; here both are the same.
   */
  @Override
  public WireResponse fault(AwsFault fault, String requestId) {
    ObjectNode body = CBOR.createObjectNode();
    body.put("__type", fault.code());
    body.put("message", fault.getMessage());
    String side = fault.status() < 500 ? "Sender" : "Receiver";
    try {
      return response(
          fault.status(),
          Map.of("x-amzn-requestid", requestId, "x-amzn-query-error", fault.code() + ";" + side),
          SdkBytes.fromByteArrayUnsafe(CBOR.writeValueAsBytes(body)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing CBOR into memory failed", impossible);
    }
  }

  private static WireResponse response(int status, Map<String, String> more, SdkBytes body) {
    var headers = new TreeMap<>(more);
    headers.put("content-type", "application/cbor");
    headers.put("smithy-protocol", "rpc-v2-cbor");
    return new WireResponse(status, headers, body);
  }
}
