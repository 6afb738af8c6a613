package dev.ringfence.infra.deployed;

import dev.ringfence.awscontract.LocalStackHealth;
import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On a LocalStack that somebody has started. */
@EnabledIfEnvironmentVariable(
    named = DeployedEndpointTest.ENDPOINT,
    matches = ".+",
    disabledReason = "no endpoint of LocalStack is given")
class DeployedEndpointTest extends DeployedSuite {
  /** As the SDK calls it. */
  static final String ENDPOINT = "AWS_ENDPOINT_URL";

  @Override
  URI localStack() {
    URI endpoint = URI.create(System.getenv(ENDPOINT));
    Assumptions.assumeTrue(
        LocalStackHealth.version(endpoint).isPresent(),
        "what answers at the endpoint is not LocalStack");
    return endpoint;
  }
}
