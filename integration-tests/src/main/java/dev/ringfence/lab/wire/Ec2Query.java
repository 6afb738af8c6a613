package dev.ringfence.lab.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * EC2's own dialect: a form in, whose lists are always flattened and counted from one, and XML out.
 * As at EC2 a parameter that the operation does not know is refused, so a misspelt one cannot pass.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html">AWS EC2 query</a>
 */
final class Ec2Query implements Protocol {
  static final Ec2Query INSTANCE = new Ec2Query();

  /** Part of every form and of no request class. */
  private static final Set<String> ENVELOPE = Set.of("Action", "Version");

  private Ec2Query() {}

  static String action(WireRequest request) {
    QueryTree action = form(request).child("Action");
    return action == null ? "" : action.text();
  }

  private static QueryTree form(WireRequest request) {
    return QueryTree.parse(new String(request.plainBody(), StandardCharsets.UTF_8));
  }

  @Override
  public SdkPojo decode(WireRequest request, SdkPojo builder) {
    return structure(parameters(request), builder, "");
  }

  /** The form without its envelope, which AWS Query shares. */
  static QueryTree parameters(WireRequest request) {
    QueryTree form = form(request);
    ENVELOPE.forEach(form.children()::remove);
    return form;
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
      throw new AwsFault(
          "UnknownParameter",
          400,
          "The parameter " + path + unread.keySet().iterator().next() + " is not recognized");
    }
    return (SdkPojo) ((Buildable) builder).build();
  }

  private static Object value(QueryTree tree, SdkField<?> field, String path) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    if (type == MarshallingKnownType.LIST) {
      return list(tree, Scalars.element(field), path);
    }
    if (type == MarshallingKnownType.SDK_POJO) {
      return structure(tree, field.constructor().get(), path + ".");
    }
    return Scalars.read(field, tree.text(), path);
  }

  private static List<Object> list(QueryTree tree, SdkField<?> element, String path) {
    List<Object> values = new ArrayList<>();
    tree.counted(path).forEach((at, child) -> values.add(value(child, element, path + "." + at)));
    return values;
  }

  @Override
  public WireResponse encode(String operation, SdkPojo answer, String requestId) {
    return Ec2Xml.answer(operation, answer, requestId);
  }

  @Override
  public WireResponse fault(AwsFault fault, String requestId) {
    return Ec2Xml.fault(fault, requestId);
  }
}
