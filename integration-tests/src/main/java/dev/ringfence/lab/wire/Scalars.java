package dev.ringfence.lab.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TraitType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** What the protocols share: a field's traits, and single values written as text. */
final class Scalars {
  /** AWS keeps times in milliseconds: three decimals of a second. */
  private static final int MILLISECOND_DECIMALS = 3;

  private Scalars() {}

  static SdkField<?> element(SdkField<?> listField) {
    return listField.getRequiredTrait(ListTrait.class, TraitType.LIST_TRAIT).memberFieldInfo();
  }

  static SdkField<?> value(SdkField<?> mapField) {
    return mapField.getRequiredTrait(MapTrait.class, TraitType.MAP_TRAIT).valueFieldInfo();
  }

  /** Whether the SDK put it there because nobody said anything, which is not to be sent. */
  static boolean isUnset(Object value) {
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
  }

  static TimestampFormatTrait.Format timestampFormat(
      SdkField<?> field, TimestampFormatTrait.Format usual) {
    TimestampFormatTrait trait =
        field.getTrait(TimestampFormatTrait.class, TraitType.TIMESTAMP_FORMAT_TRAIT);
    return trait == null ? usual : trait.format();
  }

  static BigDecimal epochSeconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), MILLISECOND_DECIMALS);
  }

  static Instant fromEpochSeconds(BigDecimal seconds) {
    return Instant.ofEpochMilli(
        seconds
            .movePointRight(MILLISECOND_DECIMALS)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact());
  }

  /** Reads a single value from text, as EC2 Query requests carry it. */
  static Object read(SdkField<?> field, String text, String path) {
    try {
      return switch (field.marshallingType().getKnownType()) {
        case STRING -> text;
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case BOOLEAN -> readBoolean(text);
        case INSTANT -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
        default -> throw new IllegalStateException(path + " is of a type that EC2 does not use");
      };
    } catch (DateTimeException | IllegalArgumentException misfit) {
      throw new AwsFault(
          "InvalidParameterValue",
          400,
          "Value (" + text + ") for parameter " + path + " is invalid");
    }
  }

  private static Boolean readBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** Writes a single value as text, as EC2's XML answers carry it. */
  static String write(Object value) {
    return switch (value) {
      case Instant instant ->
          DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(instant.toEpochMilli()));
      case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
      default -> value.toString();
    };
  }

  /** Writes a single value as an HTTP header, whose dates are of RFC 1123. */
  static String header(Object value) {
    return value instanceof Instant instant
        ? DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC))
        : write(value);
  }
}
