package dev.ringfence.functions.aws;

import dev.ringfence.operation.MachineEffect;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps what a machine shows before anything is done to it: the picture of its console and the last
 * of its output. What cannot be had (a picture of an Arm or bare-metal machine, the newest output
 * of an older type) is said and does not hold up the restore; only a call that brought no answer is
 * tried again.
 */
final class EvidenceKeeper {
  private final Ec2Client ec2;
  private final S3Client s3;
  private final String bucket;
  private final Pacer pacer;

  EvidenceKeeper(AwsClients aws, Pacer pacer) {
    this.ec2 = aws.ec2();
    this.s3 = aws.s3();
    this.bucket = aws.evidence();
    this.pacer = pacer;
  }

  /**
   * What was kept where, in one sentence.
   *
   * @throws SdkException when a call brought no answer, or the bucket refused
   */
  String keep(MachineEffect.CaptureEvidence effect) {
    if (bucket.isEmpty()) {
      return "nothing was kept: no evidence bucket is set";
    }
    List<String> said = new ArrayList<>();
    Optional<byte[]> picture = had("screenshot", said, () -> picture(effect.machine()));
    Optional<byte[]> output = had("console output", said, () -> output(effect.machine()));
    String folder = effect.folder() + "/" + effect.machine();
    picture.ifPresent(bytes -> said.add(put(folder + "/screen.jpg", "image/jpeg", bytes)));
    output.ifPresent(bytes -> said.add(put(folder + "/console.txt", "text/plain", bytes)));
    return String.join("; ", said);
  }

  private Optional<byte[]> had(String what, List<String> said, Supplier<byte @Nullable []> ask) {
    try {
      byte @Nullable [] bytes = ask.get();
      if (bytes != null && bytes.length > 0) {
        return Optional.of(bytes);
      }
      said.add("no " + what + ": EC2 has none");
    } catch (SdkException failure) {
      if (!AwsErrors.isRefused(failure)) {
        throw failure;
      }
      said.add("no " + what + ": " + AwsErrors.reason(failure));
    }
    return Optional.empty();
  }

  private byte @Nullable [] picture(String machine) {
    pacer.spend(Pacer.Budget.EC2_DESCRIBE);
    return decoded(
        ec2.getConsoleScreenshot(ask -> ask.instanceId(machine).wakeUp(true)).imageData());
  }

  /** The newest output where the type has it, else what was kept at the last change of state. */
  private byte @Nullable [] output(String machine) {
    try {
      return output(machine, true);
    } catch (SdkException failure) {
      if (!AwsErrors.isRefused(failure)) {
        throw failure;
      }
      return output(machine, false);
    }
  }

  private byte @Nullable [] output(String machine, boolean latest) {
    pacer.spend(Pacer.Budget.EC2_DESCRIBE);
    return decoded(ec2.getConsoleOutput(ask -> ask.instanceId(machine).latest(latest)).output());
  }

  private static byte @Nullable [] decoded(@Nullable String base64) {
    return base64 == null ? null : Base64.getMimeDecoder().decode(base64);
  }

  /** Repeating it makes a new version of the same object: the bucket keeps versions. */
  private String put(String name, String type, byte[] bytes) {
    s3.putObject(
        put -> put.bucket(bucket).key(name).contentType(type), RequestBody.fromBytes(bytes));
    return "s3://" + bucket + "/" + name;
  }
}
