package dev.ringfence.infra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.PolicyWriter;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.policy.Setting;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a team allows for one product, as a prop of the stack. It is the policy's JSON with types
 * around it, and it is read by the same code that reads it when a release comes: what that code
 * would refuse then does not synthesize now.
 */
public final class ProductPolicy {
  private final RolloutPolicy policy;

  private ProductPolicy(RolloutPolicy policy) {
    this.policy = policy;
  }

  /** Begins the policy of a product, as the manifests of its releases name it. */
  public static Builder of(String product) {
    return new Builder(product);
  }

  /**
   * The policy in a JSON document.
   *
   * @throws InvalidProps naming every field that is wrong
   */
  public static ProductPolicy fromJson(String json) {
    return accepted(PolicyReader.read(json));
  }

  private static ProductPolicy accepted(Reading<RolloutPolicy> reading) {
    return switch (reading) {
      case Reading.Accepted<RolloutPolicy>(RolloutPolicy policy) -> new ProductPolicy(policy);
      case Reading.Refused<RolloutPolicy>(List<Problem> problems) ->
          throw new InvalidProps(
              problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    };
  }

  RolloutPolicy policy() {
    return policy;
  }

  /** With every setting spelled out, so that a later default shows as a change of the template. */
  String json() {
    return PolicyWriter.toJson(policy).toString();
  }

  /** A policy under construction; what is left out has the default of its channel. */
  public static final class Builder {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Builder(String product) {
      json.put("product", product);
    }

    /** Selects machines whose tag has one of the values; of several tags all must match. */
    public Builder selecting(String tag, String... values) {
      ObjectNode selector = json.withObjectProperty("selector");
      List.of(values).forEach(selector.withArrayProperty(tag)::add);
      return this;
    }

    /**
     * Believes releases that are signed with this key.
     *
     * @param publicKey Ed25519, Base64 of its X.509 SubjectPublicKeyInfo
     */
    public Builder signedBy(String keyId, String publicKey) {
      json.withObjectProperty("signing").withObjectProperty("keys").put(keyId, publicKey);
      return this;
    }

    /** Believes releases without a signature too: whoever may publish may then ship anything. */
    public Builder unsignedAllowed() {
      json.withObjectProperty("signing").put("required", false);
      return this;
    }

    /**
     * Rehearses restores on clones, by the defaults of drills.
     *
     * @param subnet where clones are launched; no route leads out of it
     * @param securityGroup what clones are launched with; it lets nothing out
     */
    public Builder drillingIn(String subnet, String securityGroup) {
      json.withObjectProperty("drills").put("subnet", subnet).put("securityGroup", securityGroup);
      return this;
    }

    /**
     * Lets the clones' agents report through an endpoint in the drill subnet.
     *
     * @param instanceProfile the name of an instance profile that was made for clones; its role is
     *     called the same
     */
    public Builder drillingAs(String instanceProfile) {
      json.withObjectProperty("drills").put("instanceProfile", instanceProfile);
      return this;
    }

    /** What holds for content. */
    public Builder content(UnaryOperator<ChannelSettings> settings) {
      return channel("content", settings);
    }

    /** What holds for new code. */
    public Builder capability(UnaryOperator<ChannelSettings> settings) {
      return channel("capability", settings);
    }

    private Builder channel(String name, UnaryOperator<ChannelSettings> settings) {
      json.set(name, settings.apply(new ChannelSettings()).json);
      return this;
    }

    /**
     * Checks it.
     *
     * @throws InvalidProps naming every field that is wrong
     */
    public ProductPolicy build() {
      return accepted(PolicyReader.read(json));
    }
  }

  /** The settings of one channel, each with the type of its value. */
  public static final class ChannelSettings {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private ChannelSettings() {}

    /** Sets one of the settings in {@code Pace}, {@code Proof} and {@code WayBack}. */
    public <V> ChannelSettings with(Setting<V> setting, V value) {
      json.set(setting.name(), setting.kind().write(value));
      return this;
    }
  }
}
