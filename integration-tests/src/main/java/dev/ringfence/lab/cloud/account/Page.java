package dev.ringfence.lab.cloud.account;

import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. Lists only ever grow at their end (what is deleted stays in place and is
 * filtered out), so a position is a token that skips nothing and repeats nothing.
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
  /** Marks a token as the lab's, so that a stranger's is refused. */
  private static final String MARK = "lab-";

  /**
   * The page that begins where a token says.
   *
   * @param token where to go on, or null for the beginning
   * @param faultCode the code of the fault for a token that is not ours
   */
  public static <T> Page<T> of(
      List<T> candidates,
      Predicate<? super T> keep,
      int limit,
      @Nullable String token,
      String faultCode) {
    List<T> items = new ArrayList<>(Math.min(limit, candidates.size()));
    for (int i = position(token, faultCode); i < candidates.size(); i++) {
      T candidate = candidates.get(i);
      if (keep.test(candidate)) {
        if (items.size() == limit) {
          return new Page<>(items, token(i));
        }
        items.add(candidate);
      }
    }
    return new Page<>(items, null);
  }

  public static String token(int position) {
    return MARK + Integer.toString(position, Character.MAX_RADIX);
  }

  public static int position(@Nullable String token, String faultCode) {
    if (token == null || token.isEmpty()) {
      return 0;
    }
    try {
      if (token.startsWith(MARK)) {
        return Integer.parseUnsignedInt(token, MARK.length(), token.length(), Character.MAX_RADIX);
      }
    } catch (NumberFormatException notOurs) {
      throw badToken(faultCode);
    }
    throw badToken(faultCode);
  }

  /** A page size that the service accepts, or its fault. */
  public static int limit(
      @Nullable Integer asked, int least, int most, int ifAbsent, String faultCode) {
    if (asked == null) {
      return ifAbsent;
    }
    if (asked < least || asked > most) {
      throw new AwsFault(
          faultCode, 400, "MaxResults " + asked + " is not between " + least + " and " + most);
    }
    return asked;
  }

  private static AwsFault badToken(String faultCode) {
    return new AwsFault(faultCode, 400, "The specified token is not valid.");
  }
}
