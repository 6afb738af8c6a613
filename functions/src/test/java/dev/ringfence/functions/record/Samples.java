package dev.ringfence.functions.record;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Disk;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of any record out of its components' types, so that a record nobody thought of is
 * tried as well.
 *
 * @param nulls whether what may be null is null
 */
record Samples(boolean nulls) {
  private static final Instant MOMENT = Instant.parse("2026-11-01T08:00:00.123456789Z");

  Object of(Class<?> record) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] values = Arrays.stream(components).map(c -> component(c.getAnnotatedType())).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = record.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no sample of " + record.getName() + " could be made", e);
    }
  }

  private @Nullable Object component(AnnotatedType type) {
    return nulls && type.isAnnotationPresent(Nullable.class) ? null : value(type.getType());
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return collection((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> raw = (Class<?>) type;
    if (SealedTypes.isSealed(raw)) {
      return of(SealedTypes.records(raw).getFirst());
    }
    if (raw.isRecord()) {
      return isStrict(raw) ? simple(raw) : of(raw);
    }
    return raw.isEnum() ? raw.getEnumConstants()[0] : simple(raw);
  }

  /** Records of rooms that read what people write refuse what is no such thing. */
  private static boolean isStrict(Class<?> record) {
    return record == SsmDocument.class
        || record == ChannelPolicy.class
        || record == Release.class
        || record == Agreement.class;
  }

  /** A collection of sealed values holds one of each kind. */
  private Object collection(Class<?> raw, Type[] arguments) {
    if (raw == Map.class) {
      return Map.of(value(arguments[0]), value(arguments[1]));
    }
    List<Object> all = new ArrayList<>();
    if (arguments[0] instanceof Class<?> element && SealedTypes.isSealed(element)) {
      SealedTypes.records(element).forEach(record -> all.add(of(record)));
    } else {
      all.add(value(arguments[0]));
    }
    return raw == Set.class ? Set.copyOf(all) : List.copyOf(all);
  }

  private static Object simple(Class<?> raw) {
    Map<Class<?>, Object> known = new LinkedHashMap<>();
    known.put(String.class, "i-0abc \"quoted\" ü");
    known.put(Instant.class, MOMENT);
    known.put(Duration.class, Duration.ofSeconds(90, 5));
    known.put(LocalTime.class, LocalTime.of(22, 30));
    known.put(ZoneId.class, ZoneId.of("Europe/Berlin"));
    known.put(SsmDocument.class, new SsmDocument("Install", "7", "ab".repeat(32)));
    known.put(ChannelPolicy.class, ChannelPolicy.defaults(Channel.CONTENT));
    known.put(
        Release.class,
        new Release(
            "falcon",
            "1.2.3",
            Channel.CAPABILITY,
            new SsmDocument("Install", "7", "ab".repeat(32)),
            Map.of("version", List.of("1.2.3")),
            true,
            new VersionProbe(new SsmDocument("Read", "1", "cd".repeat(32)), Map.of()),
            MOMENT,
            null));
    known.put(
        Agreement.class,
        new Agreement(
            RootPath.B,
            Set.of(Unrestorable.PUBLIC_ADDRESS),
            List.of(
                new Agreement.DataVolume(
                    "/dev/sdf", "vol-1", "snap-1", new Disk("gp3", 8, 3000, 125, "key"), true))));
    known.put(boolean.class, true);
    known.put(Boolean.class, false);
    known.put(int.class, 7);
    known.put(Integer.class, 8);
    known.put(long.class, 1L << 40);
    known.put(Long.class, 9L);
    known.put(double.class, 0.015625);
    Object value = known.get(raw);
    if (value == null) {
      throw new AssertionError("no sample of " + raw.getName() + " is known; add one here");
    }
    return value;
  }
}
