package dev.ringfence.functions.record;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson what the types say already, so that the brain's records need no annotation of
 * Jackson's: a sealed interface is stored with the simple name of the record that was meant, and a
 * component that may not be null must be there.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
  /** The property that names the record. */
  static final String TYPE = "type";

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return isSealed(annotated.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, TYPE, null, false, true)
        : super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> type = annotated.getRawType();
    if (!isSealed(type)) {
      return super.findSubtypes(annotated);
    }
    List<NamedType> named = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Class<?> record : records(type)) {
      if (!names.add(record.getSimpleName())) {
        throw new IllegalStateException(
            "two records of " + type.getName() + " are called " + record.getSimpleName());
      }
      named.add(new NamedType(record, record.getSimpleName()));
    }
    return named;
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    if (member instanceof AnnotatedParameter parameter
        && parameter.getDeclaringClass().isRecord()) {
      return !parameter
          .getDeclaringClass()
          .getRecordComponents()[parameter.getIndex()]
          .getAnnotatedType()
          .isAnnotationPresent(Nullable.class);
    }
    return super.hasRequiredMarker(member);
  }

  /** An enum whose constants have bodies is sealed too, but needs no name. */
  static boolean isSealed(Class<?> type) {
    return type.isSealed() && type.isInterface();
  }

  /** The records that a sealed interface permits, through sealed interfaces below it. */
  static List<Class<?>> records(Class<?> sealed) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (isSealed(permitted)) {
        found.addAll(records(permitted));
      } else {
        found.add(permitted);
      }
    }
    return found;
  }
}
