package dev.ringfence.awscontract;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** LocalStack in a container, with the mocked beats that its Step Functions are to answer with. */
public final class LocalStackImage {
  /** The last that starts without a token. */
  private static final String FREE = "localstack/localstack:4.14.0";

  /** What a holder of a token has. */
  private static final String NEWEST = "localstack/localstack:latest";

  private static final String TOKEN = "LOCALSTACK_AUTH_TOKEN";
  private static final String MOCKS = "/tmp/beats.json";

  private LocalStackImage() {}

  /** Not started yet; its Step Functions answer with the beats of {@code beats.json}. */
  public static LocalStackContainer container() {
    String token = System.getenv(TOKEN);
    String image = token == null || token.isBlank() ? FREE : NEWEST;
    LocalStackContainer container =
        new LocalStackContainer(DockerImageName.parse(image))
            .withEnv("DISABLE_EVENTS", "1")
            .withEnv("SFN_MOCK_CONFIG", MOCKS)
            // Functions are made for Arm; Java runs on what is here.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
            .withCopyFileToContainer(
                MountableFile.forClasspathResource("dev/ringfence/localstack/beats.json"), MOCKS);
    return token == null || token.isBlank() ? container : container.withEnv(TOKEN, token);
  }

  /** Starts it; an image that cannot be had aborts the test and says so. */
  public static void start(LocalStackContainer container) {
    try {
      container.start();
    } catch (ContainerFetchException noImage) {
      Assumptions.abort("the image cannot be had: " + noImage.getMessage());
    }
  }
}
