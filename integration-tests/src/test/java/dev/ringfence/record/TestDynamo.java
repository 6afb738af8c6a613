package dev.ringfence.record;

import dev.ringfence.contract.Tables;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory, on loopback only. Its own launcher would bind every interface and
 * report its use; only its request handler runs here.
 */
final class TestDynamo {
  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final AtomicInteger tables = new AtomicInteger();

  static TestDynamo start() {
    TestDynamo dynamo = new TestDynamo();
    try {
      var engine = new LocalDynamoDBRequestHandler(0, true, null, true, false);
      dynamo.server.setHandler(
          new ContextHandler(new LocalDynamoDBServerHandler(engine, null), "/"));
      dynamo.server.start();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start", e);
    }
    return dynamo;
  }

  Wire wire() {
    return new Wire(UrlConnectionHttpClient.create());
  }

  DynamoDbClient client(Wire wire, ExecutionInterceptor... interceptors) {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(wire)
        .overrideConfiguration(o -> {
          for (ExecutionInterceptor interceptor : interceptors) {
            o.addExecutionInterceptor(interceptor);
          }
        })
        .build();
  }

  /** Makes an empty table and tells its name. */
  String table(DynamoDbClient client) {
    String name = "ringfence-" + tables.incrementAndGet();
    client.createTable(create ->
        create
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(text(Tables.PARTITION_KEY), text(Tables.SORT_KEY))
            .keySchema(
                key(Tables.PARTITION_KEY, KeyType.HASH), key(Tables.SORT_KEY, KeyType.RANGE)));
    return name;
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  void close() throws Exception {
    server.stop();
  }
}
