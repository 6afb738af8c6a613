package dev.ringfence.functions.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Follows next tokens to the end. */
final class Paging {
  /**
   * More pages than any fleet of ours has (1,000 instances a page, 50 commands a page): a service
   * that still hands out tokens after these is not going to end.
   */
  static final int PAGES_MAX = 500;

  private Paging() {}

  /** One call. */
  interface Call<T> {
    Page<T> at(@Nullable String token);
  }

  /**
   * @param next null or empty after the last page
   */
  record Page<T>(List<T> items, @Nullable String next) {}

  /** All items, or the exception of the page that failed. */
  static <T> List<T> all(Call<T> call) {
    List<T> items = new ArrayList<>();
    String token = null;
    for (int page = 0; page < PAGES_MAX; page++) {
      Page<T> read = call.at(token);
      items.addAll(read.items());
      token = read.next();
      // An empty page in the middle is legal; only the token says whether there is more.
      if (token == null || token.isEmpty()) {
        return items;
      }
    }
    throw SdkClientException.create("more than " + PAGES_MAX + " pages");
  }
}
