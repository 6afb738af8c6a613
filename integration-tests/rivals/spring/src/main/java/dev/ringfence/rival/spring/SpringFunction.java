package dev.ringfence.rival.spring;

import java.util.Map;
import java.util.function.Function;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes the event it is called with to the table, as a bean of a Spring Cloud Function. Before a
 * snapshot it reads an item that is not there, as AWS recommends.
 */
@SpringBootApplication
public class SpringFunction {
  private final String table = System.getenv("RINGFENCE_TABLE");

  /** For a command line; Lambda's adapter starts the application by its class. */
  public static void main(String[] args) {
    SpringApplication.run(SpringFunction.class, args);
  }

  /** The only client. */
  @Bean
  public DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .httpClient(UrlConnectionHttpClient.builder().build())
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .region(Region.of(System.getenv("AWS_REGION")))
        .overrideConfiguration(all -> all.retryStrategy(RetryMode.STANDARD))
        .build();
  }

  /** What Lambda calls. */
  @Bean
  public Function<Map<String, Object>, Map<String, Object>> write(DynamoDbClient dynamo) {
    return event -> {
      String id = String.valueOf(event.get("id"));
      dynamo.putItem(put ->
          put.tableName(table)
              .item(
                  Map.of(
                      "pk", AttributeValue.fromS("EVENT#" + id),
                      "sk", AttributeValue.fromS("EVENT"),
                      "body", AttributeValue.fromS(event.toString()))));
      return Map.of("id", id);
    };
  }

  /** Lives as long as the application: the list of those who hear of snapshots does not keep it. */
  @Bean
  public Resource priming(DynamoDbClient dynamo) {
    Resource priming = new Priming(dynamo, table);
    Core.getGlobalContext().register(priming);
    return priming;
  }

  private record Priming(DynamoDbClient dynamo, String table) implements Resource {
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
      dynamo.getItem(get ->
          get.tableName(table)
              .key(
                  Map.of(
                      "pk", AttributeValue.fromS("EVENT#priming"),
                      "sk", AttributeValue.fromS("EVENT"))));
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
      // The client connects anew by itself.
    }
  }
}
