package dev.ringfence.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The patterns of the stack's rules. They are given as maps of lists, which CloudFormation takes as
 * they are, so that an account may also be a placeholder that the deployment fills.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html">Event
 *     patterns</a>
 */
public final class EventPatterns {
  /** What EventBridge keeps for AWS's own services; no publisher of releases has such a name. */
  private static final String AWS_SOURCES = "aws.";

  private EventPatterns() {}

  /**
   * On our own bus: releases. A publisher names itself as it likes; what counts is the account,
   * which EventBridge sets, and later the signature. Anything may stand in the detail: a release
   * that is refused must be refused by us, with its reasons on record, and not vanish at a rule.
   *
   * @param publishers the twelve digits of each account that may publish; at least one
   */
  public static Map<String, List<Object>> releasePublished(Iterable<String> publishers) {
    TreeSet<Object> accounts = new TreeSet<>();
    publishers.forEach(accounts::add);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("a rule without a publisher would let nobody publish");
    }
    Map<String, List<Object>> pattern = new LinkedHashMap<>();
    pattern.put("source", List.of(Map.of("anything-but", Map.of("prefix", AWS_SOURCES))));
    pattern.put("detail-type", List.of(ReleaseEvents.PUBLISHED));
    pattern.put("account", List.copyOf(accounts));
    return pattern;
  }

  /**
   * On the account's default bus, where AWS's services publish: every change of every alarm's
   * state. Which alarm matters is decided by the operations under way, not by a rule.
   *
   * @param account the cell's own, twelve digits or a placeholder for them; an alarm that another
   *     account forwards here is not one that a policy of ours can name
   */
  public static Map<String, List<Object>> alarmStateChanged(String account) {
    Map<String, List<Object>> pattern = new LinkedHashMap<>();
    pattern.put("source", List.of(AlarmEvents.SOURCE));
    pattern.put("detail-type", List.of(AlarmEvents.STATE_CHANGE));
    pattern.put("account", List.of(account));
    return pattern;
  }
}
