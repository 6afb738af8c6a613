package dev.ringfence.lab.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * S3's protocol: what is asked stands in method, path, query and headers; content is the body as it
 * is, listings and errors are XML. The bucket is the path's beginning or the host's.
 *
 * @param headOnly whether the caller takes no body, not even an error's
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html">AWS restXml</a>
 */
record RestXml(boolean headOnly) implements Protocol {
  /** A virtual host: the bucket, then S3's own name or that of this machine. */
  private static final Pattern VIRTUAL_HOST =
      Pattern.compile("(?<bucket>.+?)\\.(?:s3[.-].+|localhost(?::\\d+)?)");

  /** Root elements that are not called after their operation. */
  private static final Map<String, String> ROOTS = Map.of("ListObjectsV2", "ListBucketResult");

  /** What the caller wants something done to. */
  private record Place(String bucket, String key) {}

  static RestXml of(WireRequest request) {
    return new RestXml(request.method().equals("HEAD"));
  }

  /** The operation's name, or the method and path where the lab knows none. */
  static String operation(WireRequest request) {
    boolean bucketOnly = place(request).key().isEmpty();
    String method = request.method();
    if (bucketOnly) {
      boolean lists = method.equals("GET") && query(request).containsKey("list-type");
      return lists ? "ListObjectsV2" : method + " of a bucket";
    }
    return switch (method) {
      case "PUT" -> request.header("x-amz-copy-source") == null ? "PutObject" : "CopyObject";
      case "GET" -> "GetObject";
      case "HEAD" -> "HeadObject";
      case "DELETE" -> "DeleteObject";
      default -> method + " of an object";
    };
  }

  private static Place place(WireRequest request) {
    String encoded = request.path().startsWith("/") ? request.path().substring(1) : request.path();
    String path = decode(encoded.replace("+", "%2B"));
    String host = request.header("host");
    Matcher virtual = VIRTUAL_HOST.matcher(host == null ? "" : host);
    if (virtual.matches()) {
      return new Place(virtual.group("bucket"), path);
    }
    int slash = path.indexOf('/');
    return slash < 0
        ? new Place(path, "")
        : new Place(path.substring(0, slash), path.substring(slash + 1));
  }

  private static Map<String, String> query(WireRequest request) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : request.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        query.put(decode(pair), "");
      } else {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badPercent) {
      throw new AwsFault("InvalidURI", 400, "Couldn't parse the specified URI.");
    }
  }

  @Override
  public SdkPojo decode(WireRequest request, SdkPojo builder) {
    Place place = place(request);
    Map<String, String> query = query(request);
    for (SdkField<?> field : builder.sdkFields()) {
      String name = field.locationName();
      String text =
          switch (field.location()) {
            case PATH -> place.bucket();
            case GREEDY_PATH -> place.key();
            case QUERY_PARAM -> query.get(name);
            case HEADER -> header(request, name);
            default -> null;
          };
      if (field.marshallingType().getKnownType() == MarshallingKnownType.MAP) {
        field.set(builder, prefixed(request, name));
      } else if (text != null && isSingle(field)) {
        field.set(builder, Scalars.read(field, text, name));
      }
    }
    SdkPojo message = (SdkPojo) ((Buildable) builder).build();
    return new Streamed(message, SdkBytes.fromByteArrayUnsafe(ObjectContent.of(request)));
  }

  /** A checksum may come behind the content instead of before it. */
  private static @Nullable String header(WireRequest request, String name) {
    String header = request.header(name.toLowerCase(Locale.ROOT));
    return header == null ? ObjectContent.trailer(request, name) : header;
  }

  /** Lists in headers and HTTP's own dates decide nothing that the lab simulates. */
  private static boolean isSingle(SdkField<?> field) {
    return switch (field.marshallingType().getKnownType()) {
      case LIST, INSTANT, SDK_POJO -> false;
      default -> true;
    };
  }

  private static Map<String, String> prefixed(WireRequest request, String prefix) {
    Map<String, String> values = new TreeMap<>();
    request
        .headers()
        .forEach((name, value) -> {
          if (name.startsWith(prefix)) {
            values.put(name.substring(prefix.length()), value);
          }
        });
    return values;
  }

  @Override
  public WireResponse encode(String operation, SdkPojo answer, String requestId) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("x-amz-request-id", requestId);
    boolean inBody = false;
    for (SdkField<?> field : answer.sdkFields()) {
      Object value = field.getValueOrDefault(answer instanceof Streamed s ? s.message() : answer);
      if (value != null && !Scalars.isUnset(value)) {
        inBody |= field.location() == MarshallLocation.PAYLOAD;
        putHeader(headers, field, value);
      }
    }
    SdkBytes content =
        answer instanceof Streamed streamed
            ? streamed.content()
            : inBody ? body(operation, answer) : SdkBytes.fromByteArrayUnsafe(new byte[0]);
    return new WireResponse(200, headers, content);
  }

  private static void putHeader(Map<String, String> headers, SdkField<?> field, Object value) {
    if (field.location() != MarshallLocation.HEADER) {
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, text) -> headers.put(field.locationName() + key, text.toString()));
    } else {
      headers.put(field.locationName().toLowerCase(Locale.ROOT), Scalars.header(value));
    }
  }

  private static SdkBytes body(String operation, SdkPojo answer) {
    return XmlTree.document(xml -> {
      xml.writeStartElement(ROOTS.getOrDefault(operation, operation + "Result"));
      XmlTree.structure(xml, answer);
      xml.writeEndElement();
    });
  }

  @Override
  public WireResponse fault(AwsFault fault, String requestId) {
    SdkBytes body =
        XmlTree.document(xml -> {
          xml.writeStartElement("Error");
          XmlTree.leaf(xml, "Code", fault.code());
          XmlTree.leaf(xml, "Message", String.valueOf(fault.getMessage()));
          XmlTree.leaf(xml, "RequestId", requestId);
          xml.writeEndElement();
        });
    return new WireResponse(
        fault.status(),
        Map.of("content-type", "application/xml", "x-amz-request-id", requestId),
        headOnly ? SdkBytes.fromByteArrayUnsafe(new byte[0]) : body);
  }
}
