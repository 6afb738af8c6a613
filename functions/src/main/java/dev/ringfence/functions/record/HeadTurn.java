package dev.ringfence.functions.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.operation.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One record of the table's stream in which an operation entered another phase. The stream carries
 * the head as it was written then, so that what is read here is not overtaken by later beats.
 *
 * @param before the phase that it left; null when the operation is new
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html">
 *     StreamRecord</a>
 */
public record HeadTurn(
    Head.Kind kind, String id, String phase, @Nullable String before, SdkBytes packed) {
  private static final Codec CODEC = new Codec();

  /**
   * Reads a record as Lambda hands it out; empty when it is about another item, or about a write
   * that left the phase as it was.
   *
   * @throws IllegalArgumentException when a head is not as the store writes it
   */
  public static Optional<HeadTurn> of(JsonNode streamRecord) {
    JsonNode now = streamRecord.at("/dynamodb/NewImage");
    if (!Keys.HEAD.equals(text(now, "sk"))) {
      return Optional.empty();
    }
    String phase = need(now, "phase");
    String before = text(streamRecord.at("/dynamodb/OldImage"), "phase");
    if (phase.equals(before)) {
      return Optional.empty();
    }
    return Optional.of(
        new HeadTurn(
            Head.Kind.valueOf(need(now, "kind")),
            need(now, HeadRow.ID),
            phase,
            before,
            body(now.at("/body/B"))));
  }

  /** The head as it was written. */
  public <H extends Head> H head(Class<H> type) {
    return CODEC.unpack(type, packed.asByteArrayUnsafe());
  }

  private static SdkBytes body(JsonNode base64) {
    try {
      byte[] bytes = base64.binaryValue();
      if (bytes == null) {
        throw new IllegalArgumentException("dynamodb.NewImage.body.B is missing");
      }
      return SdkBytes.fromByteArrayUnsafe(bytes);
    } catch (IOException noBase64) {
      throw new UncheckedIOException("dynamodb.NewImage.body.B is no Base64", noBase64);
    }
  }

  private static String need(JsonNode image, String attribute) {
    String value = text(image, attribute);
    if (value == null) {
      throw new IllegalArgumentException("dynamodb.NewImage." + attribute + ".S is missing");
    }
    return value;
  }

  private static @Nullable String text(JsonNode image, String attribute) {
    return image.path(attribute).path("S").textValue();
  }
}
