package dev.ringfence.lab.cloud.account;

import java.util.List;

/** The one account and Region that the lab has. */
public final class Account {
  /** The account number that AWS's own documentation uses for examples. */
  public static final String ID = "123456789012";

  public static final String REGION = "eu-west-1";

  /** Three zones, so that a per-zone limit can be told from a fleet-wide one. */
  public static final List<String> ZONES = List.of(REGION + "a", REGION + "b", REGION + "c");

  /** The key that AWS keeps for EBS in every account; it can be used without any grant. */
  public static final String EBS_KEY = arn("kms", "key/0a1b2c3d-0000-4000-8000-000000000001");

  /** A key of the account's own, which a caller must be allowed to use. */
  public static final String OWN_KEY = arn("kms", "key/0a1b2c3d-0000-4000-8000-000000000002");

  private Account() {}

  public static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ID + ":" + resource;
  }

  /** The stable id behind a zone's name, such as {@code euw1-az1}. */
  public static String zoneId(String zone) {
    return "euw1-az" + (ZONES.indexOf(zone) + 1);
  }
}
