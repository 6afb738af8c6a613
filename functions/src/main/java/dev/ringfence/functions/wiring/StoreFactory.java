package dev.ringfence.functions.wiring;

import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.release.Version;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store, on the table that the settings name. Gives way to a store that was brought along. */
@Factory
final class StoreFactory {
  /** One writer a process, also when many processes come from one snapshot. */
  @Singleton
  @Secondary
  Store store(DynamoDbClient client, Settings settings) {
    return new DynamoStore(
        client,
        settings.table(),
        WriterName.listening(),
        (one, other) -> Version.BY_AGE.compare(new Version(one), new Version(other)),
        pause -> LockSupport.parkNanos(pause.toNanos()),
        new Units());
  }
}
