package dev.ringfence.contract;

/** The one table: what the stack that makes it and the store that uses it must both know. */
public final class Tables {
  /** Partition key, a string. */
  public static final String PARTITION_KEY = "pk";

  /** Sort key, a string. */
  public static final String SORT_KEY = "sk";

  private Tables() {}
}
