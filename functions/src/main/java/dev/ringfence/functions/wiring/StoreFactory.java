package dev.ringfence.functions.wiring;

import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.release.Version;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store, on the table that the settings name. Gives way to a store that was brought along. */
@Factory
final class StoreFactory {
  /** One writer a process: the name tells this process's own writes from everybody else's. */
  @Singleton
  @Secondary
  Store store(DynamoDbClient client, Settings settings) {
    return new DynamoStore(
        client,
        settings.table(),
        UUID.randomUUID().toString(),
        (one, other) -> Version.BY_AGE.compare(new Version(one), new Version(other)),
        pause -> LockSupport.parkNanos(pause.toNanos()),
        new Units());
  }
}
