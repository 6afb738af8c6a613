package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.Store;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.release.Channel;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Takes versions off the quarantine. */
final class Lifting {
  private final Store store;
  private final InstantSource time;

  Lifting(Store store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  ObjectNode lift(RolloutAsk ask, Caller caller) {
    String product = Objects.requireNonNull(ask.product(), "the reader asks for a product");
    String version = Objects.requireNonNull(ask.version(), "the reader asks for a version");
    List<Lane> banned =
        Arrays.stream(Channel.values())
            .filter(channel -> ask.channel() == null || ask.channel() == channel)
            .map(channel -> store.lane(new Lane.Id(product, channel)))
            .filter(lane -> lane.quarantined().containsKey(version))
            .toList();
    if (banned.isEmpty()) {
      return none(product, version, ask);
    }
    List<String> facts =
        banned.stream()
            .map(lane -> lane.id() + " " + version + " " + lane.quarantined().get(version))
            .toList();
    String hash = Confirm.of(facts);
    return hash.equals(ask.confirm())
        ? carryOut(banned, version, ask, caller)
        : shown(banned, version, ask, hash);
  }

  private ObjectNode none(String product, String version, RolloutAsk ask) {
    ObjectNode answer =
        Json.answer(product + " " + version + " is not quarantined, so nothing was changed.");
    List<String> others =
        Arrays.stream(Channel.values())
            .filter(channel -> ask.channel() == null || ask.channel() == channel)
            .map(channel -> store.lane(new Lane.Id(product, channel)))
            .flatMap(lane -> lane.quarantined().keySet().stream().sorted())
            .toList();
    answer.set("quarantined", Json.texts(others));
    return answer;
  }

  private static ObjectNode shown(List<Lane> banned, String version, RolloutAsk ask, String hash) {
    ObjectNode answer =
        Json.answer(
            "This would allow "
                + version
                + " again, on machines that it was taken from; to do it, press Test again with"
                + " what toConfirm shows.");
    answer.set(
        "quarantined",
        Json.rows(
            banned,
            lane ->
                Json.of(
                    "lane", lane.id().toString(),
                    "version", version,
                    "because", lane.quarantined().get(version))));
    answer.put("confirm", hash);
    ObjectNode again =
        Json.of("action", ask.action().title(), "product", ask.product(), "version", version);
    Channel channel = ask.channel();
    if (channel != null) {
      again.put("channel", channel.name());
    }
    again.put("reason", ask.reason()).put("by", ask.by()).put("confirm", hash);
    answer.set("toConfirm", again);
    return answer;
  }

  private ObjectNode carryOut(List<Lane> banned, String version, RolloutAsk ask, Caller caller) {
    String reason = Objects.requireNonNull(ask.reason(), "the reader asks for a reason");
    for (Lane lane : banned) {
      // On record first: whoever dies in between has lifted nothing that nobody knows of.
      store.note(
          journal(lane.id()),
          new JournalEntry(
              time.instant(),
              caller.journalled(),
              "lifts the quarantine of " + version,
              reason + "; it was quarantined because: " + lane.quarantined().get(version)));
      store.lift(lane.id(), version);
    }
    ObjectNode answer =
        Json.answer(
            version + " is no longer quarantined; the rollout that it was halted in stays halted.");
    answer.set("lanes", Json.texts(banned.stream().map(lane -> lane.id().toString()).toList()));
    answer.set("journals", Json.texts(banned.stream().map(lane -> journal(lane.id())).toList()));
    return answer;
  }

  /** Whose journal a lane's own entries go to. */
  static String journal(Lane.Id lane) {
    return "lane-" + lane.product() + "-" + lane.channel().name();
  }
}
