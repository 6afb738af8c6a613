package dev.ringfence.lab.wire;

import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.TraitType;

/** Writes an SDK answer as XML, which EC2, AWS Query and REST-XML share below the root element. */
final class XmlTree {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

  /** The name of a list's items where the service's model gives none. */
  private static final String UNNAMED_ITEM = "member";

  /** What stands in a document. */
  @FunctionalInterface
  interface Content {
    void writeTo(XMLStreamWriter xml) throws XMLStreamException;
  }

  private XmlTree() {}

  static SdkBytes document(Content content) {
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
    return SdkBytes.fromUtf8String(text.toString());
  }

  /** All set members that belong into a body; headers do not. */
  static void structure(XMLStreamWriter xml, SdkPojo pojo) throws XMLStreamException {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !Scalars.isUnset(value)
          && field.location() == MarshallLocation.PAYLOAD) {
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
    String itemName =
        trait.isFlattened()
            ? name
            : Objects.requireNonNullElse(trait.memberLocationName(), UNNAMED_ITEM);
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

  static void leaf(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
