package dev.ringfence.lab.wire;

import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** EC2's XML answers and errors. */
final class Ec2Xml {
  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

  private Ec2Xml() {}

  static WireResponse answer(String operation, SdkPojo answer, String requestId) {
    return document(
        200,
        requestId,
        xml -> {
          xml.writeStartElement(operation + "Response");
          xml.writeDefaultNamespace(NAMESPACE);
          XmlTree.leaf(xml, "requestId", requestId);
          XmlTree.structure(xml, answer);
          xml.writeEndElement();
        });
  }

  static WireResponse fault(AwsFault fault, String requestId) {
    return document(
        fault.status(),
        requestId,
        xml -> {
          xml.writeStartElement("Response");
          xml.writeStartElement("Errors");
          xml.writeStartElement("Error");
          XmlTree.leaf(xml, "Code", fault.code());
          XmlTree.leaf(xml, "Message", String.valueOf(fault.getMessage()));
          xml.writeEndElement();
          xml.writeEndElement();
          XmlTree.leaf(xml, "RequestID", requestId);
          xml.writeEndElement();
        });
  }

  private static WireResponse document(int status, String requestId, XmlTree.Content content) {
    return new WireResponse(
        status,
        Map.of("content-type", "text/xml;charset=UTF-8", "x-amzn-requestid", requestId),
        XmlTree.document(content));
  }
}
