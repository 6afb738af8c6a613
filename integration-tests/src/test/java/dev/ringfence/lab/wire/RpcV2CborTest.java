package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What the SDK says to CloudWatch in CBOR arrives as said, and the answer comes back as given. */
class RpcV2CborTest {
  private static final Instant CHANGED = Instant.parse("2026-11-01T08:15:30.250Z");

  /** Enough to make the SDK compress the body, which it does from 10 KiB on. */
  private static final int MANY = 500;

  private final Services services = new Services();
  private final CloudWatchClient cloudWatch =
      SdkOnLab.client(CloudWatchClient.builder(), new Wire(services), 1);

  @Test
  void describeAlarms_roundTrip_keepsTimesAndNumbers() {
    List<DescribeAlarmsRequest> asked = new ArrayList<>();
    DescribeAlarmsResponse answer =
        DescribeAlarmsResponse.builder()
            .metricAlarms(
                MetricAlarm.builder()
                    .alarmName("ring-dev")
                    .stateValue(StateValue.INSUFFICIENT_DATA)
                    .stateUpdatedTimestamp(CHANGED)
                    .threshold(0.25)
                    .evaluationPeriods(3)
                    .actionsEnabled(true)
                    .dimensions(Dimension.builder().name("ring").value("dev").build())
                    .build())
            .build();
    services.on(
        "monitoring",
        "DescribeAlarms",
        DescribeAlarmsRequest::builder,
        SdkOnLab.remembering(asked, answer));
    DescribeAlarmsRequest request =
        DescribeAlarmsRequest.builder().alarmNames("ring-dev", "ring-test").maxRecords(100).build();

    SdkOnLab.assertSaidTheSame(answer, cloudWatch.describeAlarms(request));
    assertEquals(List.of(request), asked);
  }

  @Test
  void putMetricData_ofManyKilobytes_arrivesUnzipped() {
    List<PutMetricDataRequest> asked = new ArrayList<>();
    services.on(
        "monitoring",
        "PutMetricData",
        PutMetricDataRequest::builder,
        SdkOnLab.remembering(asked, PutMetricDataResponse.builder().build()));
    List<MetricDatum> data = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      data.add(MetricDatum.builder().metricName("m" + i).value(i / 8.0).timestamp(CHANGED).build());
    }
    PutMetricDataRequest request =
        PutMetricDataRequest.builder().namespace("Lab").metricData(data).build();

    cloudWatch.putMetricData(request);

    assertEquals(List.of(request), asked);
  }

  @Test
  void fault_becomesTheModelledException() {
    services.on(
        "monitoring",
        "DescribeAlarms",
        DescribeAlarmsRequest::builder,
        request -> {
          throw new AwsFault("ResourceNotFoundException", 404, "no such alarm");
        });

    ResourceNotFoundException raised =
        assertThrows(ResourceNotFoundException.class, cloudWatch::describeAlarms);

    assertEquals("no such alarm", raised.awsErrorDetails().errorMessage());
    assertEquals(404, raised.statusCode());
  }

  @Test
  void throttle_isKnownToTheSdkAsOne() {
    services.on(
        "monitoring",
        "DescribeAlarms",
        DescribeAlarmsRequest::builder,
        request -> {
          throw new AwsFault("Throttling", 400, "Rate exceeded");
        });

    assertTrue(
        assertThrows(CloudWatchException.class, cloudWatch::describeAlarms)
            .isThrottlingException());
  }

  @Test
  void unknownOperation_isA400ThatNamesIt() {
    CloudWatchException raised =
        assertThrows(CloudWatchException.class, cloudWatch::listDashboards);

    assertEquals(400, raised.statusCode());
    assertEquals(
        "The lab has no operation monitoring.ListDashboards",
        raised.awsErrorDetails().errorMessage());
  }
}
