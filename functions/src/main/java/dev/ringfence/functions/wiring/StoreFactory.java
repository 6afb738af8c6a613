package dev.ringfence.functions.wiring;

import dev.ringfence.engine.Store;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store, on the table that the settings name. Gives way to a store that was brought along. */
@Factory
final class StoreFactory {
  /** Fails until the store of this table is put in its place, and says so. */
  @Singleton
  @Secondary
  @SuppressWarnings("DoNotCallSuggester") // only the context calls it
  Store store(DynamoDbClient client, Settings settings) {
    throw new IllegalStateException(
        "there is no store yet for the table " + settings.table() + " of " + client.serviceName());
  }
}
