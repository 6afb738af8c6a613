package dev.ringfence.functions.wiring;

import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.release.Version;
import io.micronaut.context.ApplicationContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.crac.Context;
import org.crac.Resource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Runs a function's own code before Lambda takes its snapshot, so that a restored function has it
 * loaded, linked and partly compiled: a {@link Rehearsal} in a context of its own, with clients
 * that are answered in the process. Nothing reaches a network or the real table, so there is
 * nothing to undo. A rehearsal that fails fails the deployment, which is the time to hear of it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">
 *     Lambda SnapStart runtime hooks for Java</a>
 */
final class Priming implements Resource {
  /** Whose credentials and writes they are. */
  private static final String NOBODY = "priming";

  private final Map<String, String> environment;
  private final Set<Class<?>> asked = ConcurrentHashMap.newKeySet();

  Priming(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Notes what the function was made of. */
  void asked(Class<?> collaborator) {
    asked.add(collaborator);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    AwsCredentialsProvider anyone =
        StaticCredentialsProvider.create(AwsSessionCredentials.create(NOBODY, NOBODY, NOBODY));
    SdkHttpClient http = new RehearsalAws(InstantSource.system().instant());
    try (DynamoDbClient dynamo =
            new ClientFactory().dynamoDb(http, anyone, Settings.of(environment));
        ApplicationContext stage =
            Wiring.start(environment, http, anyone, store(dynamo, environment))) {
      new Rehearsal(stage).play(asked);
    }
  }

  /** The name of a writer that listens for restores is not for rehearsals. */
  private static Store store(DynamoDbClient dynamo, Map<String, String> environment) {
    return new DynamoStore(
        dynamo,
        Settings.of(environment).table(),
        NOBODY,
        (one, other) -> Version.BY_AGE.compare(new Version(one), new Version(other)),
        pause -> {},
        new Units());
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The functions' own clients connect anew by themselves.
  }
}
