package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;

class ThrottlesTest {
  private final Lab lab = Lab.of(20, 15);

  ThrottlesTest() {
    lab.cloud.throttles().switchOn();
  }

  /** How many of the next calls of one caller are taken before the first is refused. */
  private int taken(String operation, SdkPojo request, int most) {
    for (int i = 0; i < most; i++) {
      try {
        lab.ask("ec2", operation, request, SdkPojo.class);
      } catch (AwsFault refused) {
        assertEquals("RequestLimitExceeded", refused.code());
        return i;
      }
    }
    return most;
  }

  @Test
  void oneCaller_isNoFasterThanDescribeCallsAreEarned() {
    SdkPojo paged = DescribeVolumesRequest.builder().maxResults(5).build();
    assertEquals(500, taken("DescribeVolumes", paged, 500));
  }

  @Test
  void callersAtOneInstant_emptyTheSameBucket() {
    SdkPojo paged = DescribeVolumesRequest.builder().maxResults(5).build();
    List<Integer> taken =
        IntStream.range(0, 3)
            .mapToObj(caller -> {
              lab.cloud.throttles().nextCaller();
              return taken("DescribeVolumes", paged, 60);
            })
            .toList();
    // What flows in during the first caller's 3 s is spent by it; the others live on the burst.
    assertEquals(List.of(60, 60, 39), taken);
  }

  @Test
  void volumes_areCreatedAHundredAtOnceAndThenFiveASecond() {
    SdkPojo create = CreateVolumeRequest.builder().availabilityZone("eu-west-1a").size(8).build();
    // While a hundred calls take 5 s another 25 are earned, and so on.
    assertEquals(133, taken("CreateVolume", create, 1000));
    lab.pass(Duration.ofMinutes(1));
    lab.cloud.throttles().nextCaller();
    assertEquals(133, taken("CreateVolume", create, 1000));
  }
}
