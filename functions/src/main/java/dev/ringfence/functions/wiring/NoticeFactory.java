package dev.ringfence.functions.wiring;

import dev.ringfence.contract.Variables;
import dev.ringfence.functions.aws.EventBridgeHerald;
import dev.ringfence.notice.Herald;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Who carries news out of the cell. */
@Factory
final class NoticeFactory {
  @Singleton
  Herald herald(EventBridgeClient events, Settings settings) {
    if (settings.bus().isEmpty()) {
      throw new Settings.InvalidSettings(
          Variables.BUS + " is missing: without it there is nowhere to tell news");
    }
    return new EventBridgeHerald(events, settings.bus());
  }
}
