package dev.ringfence.infra.deployed;

import dev.ringfence.awscontract.LocalStackImage;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** On LocalStack's own image. */
@Testcontainers(disabledWithoutDocker = true)
class DeployedContainerTest extends DeployedSuite {
  private static final LocalStackContainer LOCALSTACK = LocalStackImage.container();

  @AfterAll
  static void stop() {
    LOCALSTACK.stop();
  }

  @Override
  URI localStack() {
    LocalStackImage.start(LOCALSTACK);
    return LOCALSTACK.getEndpoint();
  }
}
