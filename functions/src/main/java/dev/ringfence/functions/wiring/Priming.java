package dev.ringfence.functions.wiring;

import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import org.crac.Context;
import org.crac.Resource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Runs the clients' code before Lambda takes its snapshot, so that a restored function has it
 * loaded and compiled: signing, writing and reading of each protocol, and the store's schemas. The
 * calls are answered in the process and reach no network, so there is nothing to undo.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">
 *     Lambda SnapStart runtime hooks for Java</a>
 */
final class Priming implements Resource {
  /** Whom no table, machine or execution is named after. */
  private static final String NOBODY = "priming";

  private final Settings settings;

  Priming(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    SdkHttpClient http = new EmptyAnswers();
    AwsCredentialsProvider anyone =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(NOBODY, NOBODY));
    ClientFactory clients = new ClientFactory();
    try (DynamoDbClient dynamo = clients.dynamoDb(http, anyone, settings);
        Ec2Client ec2 = clients.ec2(http, anyone, settings);
        SsmClient ssm = clients.ssm(http, anyone, settings);
        CloudWatchClient cloudWatch = clients.cloudWatch(http, anyone, settings);
        SfnClient stepFunctions = clients.stepFunctions(http, anyone, settings)) {
      new DynamoStore(
              dynamo, settings.table(), () -> NOBODY, String::compareTo, wait -> {}, new Units())
          .policy(NOBODY);
      ec2.describeInstances();
      ssm.listCommandInvocations();
      cloudWatch.describeAlarms();
      stepFunctions.startExecution(start -> start.stateMachineArn(settings.clock()));
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The functions' own clients connect anew by themselves.
  }
}
