package dev.ringfence.localstack;

import dev.ringfence.awscontract.LocalStackImage;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.regions.Region;

/** On LocalStack's own image. */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackContainerTest extends LocalStackSuite {
  private static final LocalStackContainer LOCALSTACK = LocalStackImage.container();

  @BeforeAll
  static void start() {
    LocalStackImage.start(LOCALSTACK);
  }

  @AfterAll
  static void stop() {
    LOCALSTACK.stop();
  }

  @Override
  URI endpoint() {
    return LOCALSTACK.getEndpoint();
  }

  @Override
  Region region() {
    return Region.of(LOCALSTACK.getRegion());
  }
}
