package dev.ringfence.functions.aws;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.QuietEffect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Brings machines to rest for their snapshots and lets them go, by Run Command: Linux by a script
 * of ours, Windows by AWS's own document, which makes the snapshots itself. Both documents are
 * AWS's and change with it, so neither version nor hash is pinned.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-vss-snapshots-ssm.html">Use
 *     Systems Manager command documents to create VSS based snapshots</a>
 */
final class Quieter {
  static final String SHELL = "AWS-RunShellScript";
  static final String SHADOWS = "AWSEC2-VssInstallAndSnapshot";

  /**
   * TimeoutSeconds, for the delivery: the least that SendCommand takes. What comes later would come
   * when nobody waits for it any more.
   */
  private static final int DELIVERY_SECONDS = 30;

  /** Windows may be busy with its own, and the components may have to be installed first. */
  private static final Duration SHADOWS_DELIVERY = Duration.ofMinutes(5);

  /**
   * How long VSS may wait for its freeze and then tag what it made ({@code executionTimeout}); the
   * pause itself lasts ten seconds at the most ("How the VSS based Amazon EBS snapshot solution
   * works").
   */
  private static final Duration SHADOWS_RUN = Duration.ofMinutes(10);

  /** What the document's {@code tags} may be made of, but for quotes, which scripts trip over. */
  private static final String NO_TAG_TEXT = "[^A-Za-z0-9() ./\\-@_+:={}]";

  private final CommandSender sender;
  private final RigReader rigs;
  private final VolumeReader volumes;
  private final Pacer pacer;

  Quieter(CommandSender sender, RigReader rigs, VolumeReader volumes, Pacer pacer) {
    this.sender = sender;
    this.rigs = rigs;
    this.volumes = volumes;
    this.pacer = pacer;
  }

  /** Done with the command's id. */
  Outcome freeze(QuietEffect.Freeze effect, boolean lookFirst) {
    return script(effect, effect.machine(), effect.script(), effect.running(), lookFirst);
  }

  /** Done with the command's id. */
  Outcome thaw(QuietEffect.Thaw effect, boolean lookFirst) {
    return script(effect, effect.machine(), effect.script(), effect.running(), lookFirst);
  }

  /**
   * Done with the command's id. The snapshots are made from the machine, by its instance profile's
   * rights and within the account's rate for CreateSnapshots.
   */
  Outcome shadows(QuietEffect.TakeShadows effect, boolean lookFirst) {
    return sender.once(
        effect,
        SHADOWS,
        lookFirst,
        () -> {
          Map<String, String> tags =
              new TreeMap<>(Manifest.read(effect.machine(), rigs, volumes).tags());
          tags.putAll(effect.tags());
          tags.put(SnapshotTaker.KEY_TAG, effect.key());
          pacer.spend(Pacer.Budget.CREATE_SNAPSHOTS);
          return request(effect, SHADOWS, effect.machine())
              .timeoutSeconds(Math.toIntExact(SHADOWS_DELIVERY.toSeconds()))
              .parameters(
                  Map.of(
                      "ExcludeBootVolume", List.of("False"),
                      "description", List.of(effect.key()),
                      "executionTimeout", List.of(Long.toString(SHADOWS_RUN.toSeconds())),
                      "tags", List.of(text(tags))))
              .build();
        });
  }

  private Outcome script(
      Effect effect, String machine, List<String> lines, Duration running, boolean lookFirst) {
    return sender.once(
        effect,
        SHELL,
        lookFirst,
        () ->
            request(effect, SHELL, machine)
                .timeoutSeconds(DELIVERY_SECONDS)
                .parameters(
                    Map.of(
                        "commands",
                        lines,
                        "executionTimeout",
                        List.of(Long.toString(running.toSeconds()))))
                .build());
  }

  private static SendCommandRequest.Builder request(
      Effect effect, String document, String machine) {
    return SendCommandRequest.builder()
        .instanceIds(machine)
        .documentName(document)
        .comment(effect.key())
        .overrideConfiguration(OneAttempt.configuration());
  }

  /** As the document wants it: {@code Key=a,Value=b;Key=c,Value=d}. */
  static String text(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> "Key=" + plain(tag.getKey()) + ",Value=" + plain(tag.getValue()))
            .collect(Collectors.joining(";"));
  }

  private static String plain(String text) {
    return text.replaceAll(NO_TAG_TEXT, "_");
  }
}
