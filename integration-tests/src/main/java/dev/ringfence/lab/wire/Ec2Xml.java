package dev.ringfence.lab.wire;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.TraitType;

/** EC2's XML answers and errors. */
final class Ec2Xml {
  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

  @FunctionalInterface
  private interface Content {
    void writeTo(XMLStreamWriter xml) throws XMLStreamException;
  }

  private Ec2Xml() {}

  static WireResponse answer(String operation, SdkPojo answer, String requestId) {
    return document(
        200,
        requestId,
        xml -> {
          xml.writeStartElement(operation + "Response");
          xml.writeDefaultNamespace(NAMESPACE);
          leaf(xml, "requestId", requestId);
          structure(xml, answer);
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
          leaf(xml, "Code", fault.code());
          leaf(xml, "Message", String.valueOf(fault.getMessage()));
          xml.writeEndElement();
          xml.writeEndElement();
          leaf(xml, "RequestID", requestId);
          xml.writeEndElement();
        });
  }

  private static WireResponse document(int status, String requestId, Content content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      content.writeTo(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("Writing XML into memory failed", impossible);
    }
    return new WireResponse(
        status,
        Map.of("content-type", "text/xml;charset=UTF-8", "x-amzn-requestid", requestId),
        SdkBytes.fromUtf8String(text.toString()));
  }

  private static void structure(XMLStreamWriter xml, SdkPojo pojo) throws XMLStreamException {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !Scalars.isUnset(value)) {
        member(xml, field.unmarshallLocationName(), field, value);
      }
    }
  }

  private static void member(XMLStreamWriter xml, String name, SdkField<?> field, Object value)
      throws XMLStreamException {
    switch (value) {
      case SdkPojo pojo -> {
        xml.writeStartElement(name);
        structure(xml, pojo);
        xml.writeEndElement();
      }
      case List<?> list -> list(xml, name, field, list);
      default -> leaf(xml, name, Scalars.write(value));
    }
  }

  private static void list(XMLStreamWriter xml, String name, SdkField<?> field, List<?> values)
      throws XMLStreamException {
    ListTrait trait = field.getRequiredTrait(ListTrait.class, TraitType.LIST_TRAIT);
    String itemName = trait.isFlattened() ? name : trait.memberLocationName();
    if (!trait.isFlattened()) {
      xml.writeStartElement(name);
    }
    for (Object value : values) {
      member(xml, itemName, trait.memberFieldInfo(), value);
    }
    if (!trait.isFlattened()) {
      xml.writeEndElement();
    }
  }

  private static void leaf(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
