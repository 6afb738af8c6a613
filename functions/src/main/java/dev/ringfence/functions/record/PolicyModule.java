package dev.ringfence.functions.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.PolicyWriter;
import dev.ringfence.release.json.Reading;
import java.io.IOException;

/** A frozen policy is stored as people write it, by the policy room's own reader and writer. */
final class PolicyModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  PolicyModule() {
    addSerializer(ChannelPolicy.class, new Writer());
    addDeserializer(ChannelPolicy.class, new Reader());
  }

  private static final class Writer extends StdSerializer<ChannelPolicy> {
    private static final long serialVersionUID = 1;

    Writer() {
      super(ChannelPolicy.class);
    }

    @Override
    public void serialize(ChannelPolicy policy, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(PolicyWriter.toJson(policy));
    }
  }

  private static final class Reader extends StdDeserializer<ChannelPolicy> {
    private static final long serialVersionUID = 1;

    Reader() {
      super(ChannelPolicy.class);
    }

    @Override
    public ChannelPolicy deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(parser);
      return switch (PolicyReader.readChannel(node)) {
        case Reading.Accepted<ChannelPolicy>(ChannelPolicy policy) -> policy;
        case Reading.Refused<ChannelPolicy>(var problems) ->
            throw context.weirdStringException("policy", ChannelPolicy.class, problems.toString());
      };
    }
  }
}
