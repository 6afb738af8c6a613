package dev.ringfence.record;

import dev.ringfence.awscontract.ContractTable;
import dev.ringfence.awscontract.LocalStackHealth;
import dev.ringfence.awscontract.LocalStackImage;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.lab.plane.DynamoTable;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The contract of stores on LocalStack's DynamoDB: at the endpoint that is given, or in Docker. A
 * LocalStack outside of its image fetches DynamoDB when it is first asked; where it cannot, this
 * does not run, and the table of results says so.
 */
@ExtendWith(ContractTable.class)
final class LocalStackStoreTest extends RecentContract {
  private static final String WHAT = "the store on LocalStack's DynamoDB";

  private static @Nullable LocalStackContainer container;
  private static int tables;
  private static @Nullable DynamoDbClient client;
  private Store store = store("none");

  @BeforeAll
  static void findDynamo() {
    URI endpoint = endpoint();
    if (endpoint == null) {
      absent("there is neither LocalStack at AWS_ENDPOINT_URL nor a Docker engine");
      return;
    }
    client =
        DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    try {
      client.listTables();
    } catch (SdkException noEngine) {
      absent("it could not fetch its DynamoDB");
    }
  }

  private static @Nullable URI endpoint() {
    String given = System.getenv("AWS_ENDPOINT_URL");
    if (given != null && !given.isBlank()) {
      URI endpoint = URI.create(given);
      return LocalStackHealth.version(endpoint).isPresent() ? endpoint : null;
    }
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return null;
    }
    LocalStackContainer started = LocalStackImage.container();
    LocalStackImage.start(started);
    container = started;
    return started.getEndpoint();
  }

  private static void absent(String why) {
    ContractTable.absent(WHAT, why);
    Assumptions.abort(WHAT + ": " + why);
  }

  @AfterAll
  static void stop() {
    if (container != null) {
      container.stop();
    }
  }

  @BeforeEach
  void emptyTable() {
    String table = "ringfence-%d-%d".formatted(ProcessHandle.current().pid(), tables++);
    DynamoTable.create(there(), table);
    store = store(table);
  }

  private static DynamoDbClient there() {
    DynamoDbClient found = client;
    if (found == null) {
      throw new IllegalStateException("no DynamoDB was found");
    }
    return found;
  }

  private static Store store(String table) {
    return new DynamoStore(there(), table, "this", AGE, pause -> {}, new Units());
  }

  @Override
  Store store() {
    return store;
  }
}
