package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class TokenBucketTest {
  private final FakeAws clock = new FakeAws();

  @Test
  void fullBucket_givesItsBurstAndNotOneMore() {
    assertEquals(50, takeAll(new TokenBucket(new TokenBucket.Limit(50, 5), clock)));
  }

  @Test
  void emptyBucket_refillsWithTimeUpToItsSize() {
    TokenBucket bucket = new TokenBucket(new TokenBucket.Limit(50, 5), clock);
    takeAll(bucket);
    clock.pass(Duration.ofMillis(199));
    assertEquals(0, takeAll(bucket));
    clock.pass(Duration.ofMillis(1));
    assertEquals(1, takeAll(bucket));
    clock.pass(Duration.ofSeconds(3));
    assertEquals(15, takeAll(bucket));
    clock.pass(Duration.ofDays(1));
    assertEquals(50, takeAll(bucket));
  }

  @Test
  void clockSetBack_takesNoTokensAway() {
    TokenBucket bucket = new TokenBucket(new TokenBucket.Limit(2, 1), clock);
    clock.pass(Duration.ofHours(-1));
    assertEquals(2, takeAll(bucket));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyHistory_staysWithinBurstPlusRefill(long seed) {
    Random random = new Random(seed);
    TokenBucket bucket = new TokenBucket(new TokenBucket.Limit(100, 20), clock);
    Instant start = clock.instant();
    int taken = 0;
    for (int step = 0; step < 2000; step++) {
      clock.pass(Duration.ofMillis(random.nextInt(120)));
      taken += bucket.take() ? 1 : 0;
      double allowed = 100 + 20 * Duration.between(start, clock.instant()).toMillis() / 1000.0;
      assertEquals(true, taken <= allowed + 1e-6, "seed " + seed + " step " + step);
    }
  }

  @Test
  void pacer_keepsTheBucketsApartAndSaysWhichIsSpent() {
    Pacer pacer = Pacer.with(Map.of(Pacer.Budget.EC2_MUTATE, new TokenBucket.Limit(1, 1)), clock);
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    SdkClientException spent =
        assertThrows(SdkClientException.class, () -> pacer.spend(Pacer.Budget.EC2_MUTATE));
    assertEquals("paced: EC2_MUTATE is spent for now", AwsErrors.reason(spent));
    pacer.spend(Pacer.Budget.EC2_DESCRIBE);
  }

  @Test
  void pacerWithAShare_givesThatShareAndAtLeastOne() {
    Pacer tenth = Pacer.share(0.1, clock);
    tenth.spend(Pacer.Budget.DESCRIBE_ALARMS);
    assertThrows(SdkClientException.class, () -> tenth.spend(Pacer.Budget.DESCRIBE_ALARMS));
    assertThrows(IllegalArgumentException.class, () -> Pacer.share(0, clock));
    assertThrows(IllegalArgumentException.class, () -> Pacer.share(1.1, clock));
  }

  private static int takeAll(TokenBucket bucket) {
    int taken = 0;
    while (bucket.take()) {
      taken++;
    }
    return taken;
  }
}
