package dev.ringfence.policy;

import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Key;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Member;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One number, list or choice of a channel's policy. Reader, writer, schema and reference all know
 * it from here.
 *
 * @param name its field in JSON
 * @param content its default on the content channel
 * @param capability its default on the capability channel
 * @param follows the setting whose value it takes when it is absent; the defaults agree with it
 * @param sentence what it does, in the unit of its kind
 */
public record Setting<V>(
    String name, Kind<V> kind, V content, V capability, @Nullable String follows, String sentence)
    implements Key<V> {

  /** A wait of no length, where that makes sense. */
  static final Duration NONE = Duration.ZERO;

  /** The beat is a minute: nothing shorter could be kept. */
  static final Duration SHORTEST = Duration.ofMinutes(1);

  /** SendCommand's longest delivery time-out, 2,592,000 seconds; no other wait needs more. */
  static final Duration LONGEST = Duration.ofDays(30);

  static <V> Setting<V> of(String name, Kind<V> kind, V content, V capability, String sentence) {
    return new Setting<>(name, kind, content, capability, null, sentence);
  }

  static <V> Setting<V> ofBoth(String name, Kind<V> kind, V both, String sentence) {
    return of(name, kind, both, both, sentence);
  }

  Setting<V> following(Setting<V> leader) {
    return new Setting<>(name, kind, content, capability, leader.name, sentence);
  }

  /** The value that holds when a policy says nothing. */
  public V fallback(Channel channel) {
    return switch (channel) {
      case CONTENT -> content;
      case CAPABILITY -> capability;
    };
  }

  Member<ChannelPolicy, V> member(Channel channel) {
    Member<ChannelPolicy, V> member =
        Member.withDefault(name, kind, fallback(channel), sentence, policy -> policy.get(this));
    return follows == null ? member : member.following(follows);
  }
}
