package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.EbsInstanceBlockDevice;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the restore relies on when it touches a machine, and when it looks at its screen. */
final class Hands {
  private static final String UNKNOWN = "i-0123456789abcdef0";
  private static final String NO_GROUP = "no-such-group";

  /** How a JPEG begins. */
  private static final int JPEG_FIRST = 0xFF;

  private static final int JPEG_SECOND = 0xD8;

  static final List<Promise> PROMISES =
      List.of(
          changing(
              "ModifyInstanceAttribute",
              "says whether a volume goes when its machine goes",
              Hands::keepsTheRoot),
          changing("CreateTags", "a volume is found by its new tag", Hands::foundByTag),
          changing(
              "DeleteTags",
              "a tag goes by its key and value, and what is not there is no fault",
              Hands::losesOneTag),
          reading(
              "DescribeVolumes",
              "a filter that matches nothing is an empty page, no error",
              target -> same(List.of(), volumes(target, "tag:ringfence:key", "no-such-key"))),
          changing("GetConsoleOutput", "is Base64 text, or there is none", Hands::consoleOutput),
          changing(
              "GetConsoleScreenshot",
              "is a JPEG, or the type of machine has none",
              Hands::screenshot),
          reading(
              "DescribeAutoScalingInstances",
              "leaves out what is in no group",
              target ->
                  same(
                      List.of(),
                      target
                          .clients()
                          .autoScaling()
                          .describeAutoScalingInstances(r -> r.instanceIds(UNKNOWN))
                          .autoScalingInstances())),
          changing(
              "EnterStandby",
              "an unknown group is refused",
              target ->
                  refused(
                      "ValidationError",
                      () ->
                          target
                              .clients()
                              .autoScaling()
                              .enterStandby(r ->
                                  r.autoScalingGroupName(NO_GROUP)
                                      .instanceIds(UNKNOWN)
                                      .shouldDecrementDesiredCapacity(true)))),
          changing(
              "ExitStandby",
              "an unknown group is refused",
              target ->
                  refused(
                      "ValidationError",
                      () ->
                          target
                              .clients()
                              .autoScaling()
                              .exitStandby(
                                  r -> r.autoScalingGroupName(NO_GROUP).instanceIds(UNKNOWN)))));

  private Hands() {}

  private static void keepsTheRoot(Target target) {
    String machine = target.machine();
    for (boolean goes : List.of(false, true)) {
      String root = Machines.instance(target, machine).rootDeviceName();
      target
          .clients()
          .ec2()
          .modifyInstanceAttribute(r ->
              r.instanceId(machine)
                  .blockDeviceMappings(
                      InstanceBlockDeviceMappingSpecification.builder()
                          .deviceName(root)
                          .ebs(ebs -> ebs.deleteOnTermination(goes))
                          .build()));
      so(
          target.eventually(() -> goes(target, machine, root) == goes),
          root + " is never as it was asked to be: " + goes);
    }
  }

  private static boolean goes(Target target, String machine, String device) {
    return Machines.instance(target, machine).blockDeviceMappings().stream()
        .filter(one -> one.deviceName().equals(device))
        .map(InstanceBlockDeviceMapping::ebs)
        .anyMatch(EbsInstanceBlockDevice::deleteOnTermination);
  }

  private static void foundByTag(Target target) {
    String root = Machines.rootVolume(target, target.machine());
    String key = "ringfence:contract:" + root;
    target
        .clients()
        .ec2()
        .createTags(r -> r.resources(root).tags(Tag.builder().key(key).value("one").build()));
    so(
        target.eventually(() -> volumes(target, "tag:" + key, "one").equals(List.of(root))),
        root + " is never found by its tag");
  }

  private static void losesOneTag(Target target) {
    String root = Machines.rootVolume(target, target.machine());
    String key = "ringfence:contract-day:" + root;
    Tag tag = Tag.builder().key(key).value("one").build();
    Tag other = Tag.builder().key(key).value("two").build();
    target.clients().ec2().createTags(r -> r.resources(root).tags(tag));
    so(
        target.eventually(() -> volumes(target, "tag:" + key, "one").equals(List.of(root))),
        root + " is never found by its tag");
    target.clients().ec2().deleteTags(r -> r.resources(root).tags(other));
    same(List.of(root), volumes(target, "tag:" + key, "one"));
    target.clients().ec2().deleteTags(r -> r.resources(root).tags(tag));
    so(
        target.eventually(() -> volumes(target, "tag:" + key, "one").isEmpty()),
        root + " never loses its tag");
    target.clients().ec2().deleteTags(r -> r.resources(root).tags(tag));
  }

  static List<String> volumes(Target target, String filter, String value) {
    return target
        .clients()
        .ec2()
        .describeVolumes(r -> r.filters(Machines.filter(filter, value)))
        .volumes()
        .stream()
        .map(volume -> volume.volumeId())
        .toList();
  }

  private static void consoleOutput(Target target) {
    String machine = target.machine();
    String output = target.clients().ec2().getConsoleOutput(r -> r.instanceId(machine)).output();
    so(output == null || decoded(output) != null, "it is no Base64");
  }

  private static void screenshot(Target target) {
    String machine = target.machine();
    try {
      byte[] picture =
          decoded(
              target
                  .clients()
                  .ec2()
                  .getConsoleScreenshot(r -> r.instanceId(machine).wakeUp(true))
                  .imageData());
      so(
          picture.length > 1
              && Byte.toUnsignedInt(picture[0]) == JPEG_FIRST
              && Byte.toUnsignedInt(picture[1]) == JPEG_SECOND,
          "it begins like no JPEG");
    } catch (Ec2Exception refusal) {
      if (Verdict.isMissing(refusal)) {
        throw refusal;
      }
      same("UnsupportedOperation", String.valueOf(refusal.awsErrorDetails().errorCode()));
    }
  }

  private static byte[] decoded(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }
}
