package dev.ringfence.lab.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TraitType;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The Query protocol of Auto Scaling and SNS: a form in, whose lists are wrapped in {@code member}
 * and counted from one, and XML out. A parameter that the operation does not know is refused.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS Query</a>
 */
final class AwsQuery implements Protocol {
  static final AwsQuery INSTANCE = new AwsQuery();

  private AwsQuery() {}

  @Override
  public SdkPojo decode(WireRequest request, SdkPojo builder) {
    return structure(Ec2Query.parameters(request), builder, "");
  }

  private static SdkPojo structure(QueryTree tree, SdkPojo builder, String path) {
    Map<String, QueryTree> unread = new TreeMap<>(tree.children());
    for (SdkField<?> field : builder.sdkFields()) {
      QueryTree child = unread.remove(field.locationName());
      if (child != null) {
        field.set(builder, value(child, field, path + field.locationName()));
      }
    }
    if (!unread.isEmpty()) {
      throw unknown(path + unread.keySet().iterator().next());
    }
    return (SdkPojo) ((Buildable) builder).build();
  }

  private static Object value(QueryTree tree, SdkField<?> field, String path) {
    return switch (field.marshallingType().getKnownType()) {
      case LIST -> list(tree, field, path);
      case MAP -> map(tree, field, path);
      case SDK_POJO -> structure(tree, field.constructor().get(), path + ".");
      default -> Scalars.read(field, tree.text(), path);
    };
  }

  private static List<Object> list(QueryTree tree, SdkField<?> field, String path) {
    ListTrait trait = field.getRequiredTrait(ListTrait.class, TraitType.LIST_TRAIT);
    QueryTree items =
        trait.isFlattened()
            ? tree
            : tree.child(Objects.requireNonNullElse(trait.memberLocationName(), "member"));
    List<Object> values = new ArrayList<>();
    if (items != null) {
      items
          .counted(path)
          .forEach((at, item) ->
              values.add(value(item, trait.memberFieldInfo(), path + ".member." + at)));
    }
    return values;
  }

  private static Map<String, Object> map(QueryTree tree, SdkField<?> field, String path) {
    MapTrait trait = field.getRequiredTrait(MapTrait.class, TraitType.MAP_TRAIT);
    QueryTree entries = trait.isFlattened() ? tree : tree.child("entry");
    Map<String, Object> values = new LinkedHashMap<>();
    for (QueryTree entry :
        entries == null ? List.<QueryTree>of() : entries.counted(path).values()) {
      QueryTree key = entry.child(trait.keyLocationName());
      QueryTree value = entry.child(trait.valueLocationName());
      if (key == null || value == null) {
        throw unknown(path);
      }
      values.put(key.text(), value(value, trait.valueFieldInfo(), path + "." + key.text()));
    }
    return values;
  }

  private static AwsFault unknown(String path) {
    return new AwsFault("ValidationError", 400, "The parameter " + path + " is not recognized");
  }

  @Override
  public WireResponse encode(String operation, SdkPojo answer, String requestId) {
    return document(
        200,
        requestId,
        xml -> {
          xml.writeStartElement(operation + "Response");
          xml.writeStartElement(operation + "Result");
          XmlTree.structure(xml, answer);
          xml.writeEndElement();
          xml.writeStartElement("ResponseMetadata");
          XmlTree.leaf(xml, "RequestId", requestId);
          xml.writeEndElement();
          xml.writeEndElement();
        });
  }

  @Override
  public WireResponse fault(AwsFault fault, String requestId) {
    return document(
        fault.status(),
        requestId,
        xml -> {
          xml.writeStartElement("ErrorResponse");
          xml.writeStartElement("Error");
          XmlTree.leaf(xml, "Type", fault.status() < 500 ? "Sender" : "Receiver");
          XmlTree.leaf(xml, "Code", fault.code());
          XmlTree.leaf(xml, "Message", String.valueOf(fault.getMessage()));
          xml.writeEndElement();
          XmlTree.leaf(xml, "RequestId", requestId);
          xml.writeEndElement();
        });
  }

  private static WireResponse document(int status, String requestId, XmlTree.Content content) {
    return new WireResponse(
        status,
        Map.of("content-type", "text/xml", "x-amzn-requestid", requestId),
        XmlTree.document(content));
  }
}
