package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class PagingTest {
  @Test
  void emptyPageInTheMiddle_isNotTheEnd() {
    assertEquals(
        List.of("a", "b"),
        Paging.all(token -> {
          if (token == null) {
            return new Paging.Page<>(List.of("a"), "1");
          }
          return token.equals("1")
              ? new Paging.Page<>(List.of(), "2")
              : new Paging.Page<>(List.of("b"), "");
        }));
  }

  @Test
  void tokensWithoutEnd_endInAFailure() {
    assertThrows(
        SdkClientException.class,
        () -> Paging.all(token -> new Paging.Page<>(List.of("again"), "more")));
  }
}
