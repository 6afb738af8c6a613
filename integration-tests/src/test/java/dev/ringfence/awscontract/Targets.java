package dev.ringfence.awscontract;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** Where the environment says that targets are. */
final class Targets {
  /** The SDK's own variable for an endpoint of all services. */
  static final String ENDPOINT = "AWS_ENDPOINT_URL";

  /** What the endpoint calls itself in the table; without it, the endpoint does. */
  static final String ENDPOINT_NAME = "RINGFENCE_CONTRACT_ENDPOINT_NAME";

  /** {@code read-only} or {@code tagged}; without it no account is touched. */
  static final String ACCOUNT = "RINGFENCE_CONTRACT_AWS";

  /** No two runs start in the same nanosecond. */
  static final String RUN = Long.toHexString(System.nanoTime());

  static final String LOCALSTACK_CONTAINER = "LocalStack in Docker";
  static final String AWS = "AWS";

  private Targets() {}

  static Optional<URI> endpoint() {
    return text(ENDPOINT).map(URI::create);
  }

  /** What answers at the endpoint: LocalStack says so itself, others are called by a variable. */
  static String endpointName(URI endpoint) {
    return text(ENDPOINT_NAME)
        .or(() -> LocalStackHealth.version(endpoint).map(version -> "LocalStack " + version))
        .orElse("endpoint");
  }

  static Region region() {
    return text("AWS_REGION").map(Region::of).orElse(Region.EU_WEST_1);
  }

  static Optional<String> text(String variable) {
    return Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isBlank());
  }

  /** Each of these is taken back when results of the target come in. */
  static void tellWhichAreAbsent() {
    ContractTable.absent(
        LOCALSTACK_CONTAINER, "there is no Docker engine, or the image cannot be had");
    if (endpoint().isEmpty()) {
      ContractTable.absent("endpoint", ENDPOINT + " is not set");
    }
    ContractTable.absent(AWS, ACCOUNT + " is not set");
  }
}
