package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** A tap can lose, refuse and count calls, and the SDK behaves as it would on a bad network. */
class WireTapTest {
  private final Services services = new Services();
  private final CallMeter meter = new CallMeter();
  private final Wire wire = new Wire(services).tap(meter);
  private final List<CreateSnapshotsRequest> asked = new ArrayList<>();

  WireTapTest() {
    services.on(
        "ec2",
        "CreateSnapshots",
        CreateSnapshotsRequest::builder,
        SdkOnLab.remembering(asked, CreateSnapshotsResponse.builder().build()));
  }

  private void createSnapshots(int attempts) {
    Ec2Client ec2 = SdkOnLab.client(Ec2Client.builder(), wire, attempts);
    ec2.createSnapshots(r -> r.description("d").instanceSpecification(i -> i.instanceId("i-1")));
  }

  /** Does something to the first call only. */
  private static final class Once implements WireTap {
    private final boolean losesAnswer;
    private boolean done;

    Once(boolean losesAnswer) {
      this.losesAnswer = losesAnswer;
    }

    @Override
    public void before(WireCall call) throws IOException {
      lose(!losesAnswer);
    }

    @Override
    public void after(WireCall call) throws IOException {
      lose(losesAnswer);
    }

    private void lose(boolean mine) throws IOException {
      if (mine && !done) {
        done = true;
        throw new IOException("connection reset");
      }
    }
  }

  @Test
  void lostAnswer_meansThatTheRetryTakesEffectTwice() {
    wire.tap(new Once(true));

    createSnapshots(2);

    assertEquals(2, asked.size());
    assertEquals(Map.of("ec2.CreateSnapshots", 2L), meter.calls());
  }

  @Test
  void lostRequest_meansThatOnlyTheRetryTakesEffect() {
    wire.tap(new Once(false));

    createSnapshots(2);

    assertEquals(1, asked.size());
    assertEquals(2, meter.total());
  }

  @Test
  void lostAnswerWithoutRetry_isAClientException() {
    wire.tap(new Once(true));

    assertThrows(SdkClientException.class, () -> createSnapshots(1));
    assertEquals(1, asked.size());
  }

  @Test
  void throttlingTap_seesTheRequestAndKeepsTheEffectAway() {
    List<String> seen = new ArrayList<>();
    WireTap throttle =
        new WireTap() {
          @Override
          public void before(WireCall call) {
            seen.add(
                call.name()
                    + call.request(CreateSnapshotsRequest.class)
                        .map(CreateSnapshotsRequest::description)
                        .orElse(""));
            throw new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.");
          }
        };
    wire.tap(throttle);

    Ec2Exception raised = assertThrows(Ec2Exception.class, () -> createSnapshots(1));
    wire.untap(throttle);
    createSnapshots(1);

    assertEquals("RequestLimitExceeded", raised.awsErrorDetails().errorCode());
    assertEquals(List.of("ec2.CreateSnapshotsd"), seen);
    assertEquals(1, asked.size());
  }

  @Test
  void refusal_isToldToTaps() {
    services.on(
        "ec2",
        "CreateSnapshots",
        CreateSnapshotsRequest::builder,
        request -> {
          throw new AwsFault("SnapshotCreationPerVolumeRateExceeded", 400, "too often");
        });
    List<String> refusals = new ArrayList<>();
    wire.tap(
        new WireTap() {
          @Override
          public void refused(WireCall call, AwsFault fault) {
            refusals.add(call.name() + " " + fault.code());
          }
        });

    assertThrows(Ec2Exception.class, () -> createSnapshots(1));

    assertEquals(List.of("ec2.CreateSnapshots SnapshotCreationPerVolumeRateExceeded"), refusals);
  }
}
