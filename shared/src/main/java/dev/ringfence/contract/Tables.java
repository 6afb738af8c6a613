package dev.ringfence.contract;

/** The one table: what the stack that makes it and the store that uses it must both know. */
public final class Tables {
  /** Partition key, a string. */
  public static final String PARTITION_KEY = "pk";

  /** Sort key, a string. */
  public static final String SORT_KEY = "sk";

  /** The text of an item that holds one text, such as a policy. */
  public static final String BODY = "body";

  /** The sort key of a product's policy. */
  public static final String POLICY = "POLICY";

  /** The partition that lists the products with a policy; the sort key is the product. */
  public static final String PRODUCTS = "PRODUCTS";

  private Tables() {}

  /** The partition of what is kept about a product; its policy is the stack's to write. */
  public static String product(String product) {
    return "PRODUCT#" + product;
  }
}
