package dev.ringfence.record;

import dev.ringfence.engine.Store;
import dev.ringfence.lab.store.MemoryStore;

/** The contract, in plain memory. */
final class MemoryStoreTest extends RecentContract implements ProofContract {
  private final Store store = new MemoryStore(AGE);

  @Override
  Store store() {
    return store;
  }

  @Override
  public Store proving() {
    return store;
  }
}
