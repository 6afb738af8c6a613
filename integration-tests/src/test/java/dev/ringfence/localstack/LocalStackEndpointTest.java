package dev.ringfence.localstack;

import dev.ringfence.awscontract.LocalStackHealth;
import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.regions.Region;

/** On a LocalStack that somebody has started. */
@EnabledIfEnvironmentVariable(
    named = "AWS_ENDPOINT_URL",
    matches = ".+",
    disabledReason = "no endpoint of LocalStack is given")
class LocalStackEndpointTest extends LocalStackSuite {
  @BeforeAll
  static void isLocalStack() {
    Assumptions.assumeTrue(
        LocalStackHealth.version(URI.create(System.getenv("AWS_ENDPOINT_URL"))).isPresent(),
        "what answers at the endpoint is not LocalStack");
  }

  @Override
  URI endpoint() {
    return URI.create(System.getenv("AWS_ENDPOINT_URL"));
  }

  @Override
  Region region() {
    return Region.EU_WEST_1;
  }
}
