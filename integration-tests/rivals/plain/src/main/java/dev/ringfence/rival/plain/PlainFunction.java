package dev.ringfence.rival.plain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes the event it is called with to the table, by hand and without a framework. Before a
 * snapshot it reads an item that is not there, as AWS recommends.
 */
public final class PlainFunction implements RequestStreamHandler, Resource {
  private static final JsonMapper JSON = new JsonMapper();

  private final String table = System.getenv("RINGFENCE_TABLE");
  private final DynamoDbClient dynamo =
      DynamoDbClient.builder()
          .httpClient(UrlConnectionHttpClient.builder().build())
          .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
          .region(Region.of(System.getenv("AWS_REGION")))
          .overrideConfiguration(all -> all.retryStrategy(RetryMode.STANDARD))
          .build();

  /** For Lambda. */
  public PlainFunction() {
    Core.getGlobalContext().register(this);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = JSON.readTree(in);
    String id = event.path("id").asText();
    dynamo.putItem(put ->
        put.tableName(table)
            .item(
                Map.of(
                    "pk", AttributeValue.fromS("EVENT#" + id),
                    "sk", AttributeValue.fromS("EVENT"),
                    "body", AttributeValue.fromS(event.toString()))));
    JSON.writeValue(out, JSON.createObjectNode().put("id", id));
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    dynamo.getItem(get ->
        get.tableName(table)
            .key(
                Map.of(
                    "pk", AttributeValue.fromS("EVENT#priming"),
                    "sk", AttributeValue.fromS("EVENT"))));
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // The client connects anew by itself.
  }
}
