package dev.ringfence.lab.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.ListeningSockets;
import dev.ringfence.lab.wire.CallMeter;
import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;

/** The real engine answers through the lab's wire, on loopback, and reports to nobody. */
class LocalDynamoTest {
  private final LocalDynamo dynamo = LocalDynamo.start();
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final CallMeter meter = new CallMeter();
  private final Wire wire =
      new Wire(new Services()).tap(meter).passDynamoTo(http, dynamo.endpoint());
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .httpClient(new LabHttpClient(wire))
          .region(Region.EU_CENTRAL_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
          .build();

  LocalDynamoTest() throws IOException {}

  @AfterEach
  void stop() {
    http.close();
    dynamo.close();
  }

  private void createTable(String name) {
    client.createTable(r ->
        r.tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("pk")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build()));
  }

  private void putNew(String table, String key) {
    client.putItem(r ->
        r.tableName(table)
            .item(Map.of("pk", AttributeValue.fromS(key)))
            .conditionExpression("attribute_not_exists(pk)"));
  }

  @Test
  void conditionalPut_twice_isRefusedByTheEngineAndCounted() {
    createTable("once");
    putNew("once", "a");

    assertThrows(ConditionalCheckFailedException.class, () -> putNew("once", "a"));
    assertEquals(Map.of("dynamodb.CreateTable", 1L, "dynamodb.PutItem", 2L), meter.calls());
  }

  @Test
  void lostAnswer_leavesTheItemBehind() {
    createTable("lost");
    wire.tap(
        new WireTap() {
          private boolean lost;

          @Override
          public void after(WireCall call) throws IOException {
            if (!lost && call.operation().equals("PutItem")) {
              lost = true;
              throw new IOException("connection reset");
            }
          }
        });

    assertThrows(ConditionalCheckFailedException.class, () -> putNew("lost", "a"));
    assertEquals(1, client.scan(r -> r.tableName("lost")).count());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads the kernel's table of sockets")
  void engine_listensOnLoopbackOnly() throws IOException {
    Set<String> addresses = ListeningSockets.addressesOf(dynamo.endpoint().getPort());

    assertFalse(addresses.isEmpty());
    assertTrue(ListeningSockets.LOOPBACK.containsAll(addresses), addresses::toString);
  }

  @Test
  void usageReports_areNotEvenConfigured() {
    createTable("quiet");

    assertTrue(Telemetry.getTelemetry().isEmpty());
  }
}
