package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the fleet's readers and the restore rely on in instances. */
final class Machines {
  private static final String UNKNOWN = "i-0123456789abcdef0";

  /** The least that EC2 takes as a page of instances (API reference). */
  private static final int PAGE = 5;

  static final List<Promise> PROMISES =
      List.of(
          reading(
              "DescribeInstances",
              "an unknown id spoils the request and is named",
              target -> refused("InvalidInstanceID.NotFound", () -> instance(target, UNKNOWN))),
          changing(
              "DescribeInstances",
              "filters by tag and state together",
              Machines::filtersByTagAndState),
          changing("DescribeInstances", "pages hold every instance once", Machines::pages),
          changing(
              "DescribeInstances",
              "tells the root device, its volume and the zone",
              Machines::tellsTheRoot),
          reading(
              "DescribeInstanceStatus",
              "an unknown id spoils the request and is named",
              target -> refused("InvalidInstanceID.NotFound", () -> status(target, UNKNOWN))),
          changing(
              "StopInstances",
              "a stopped instance is listed when all are asked for",
              Machines::stops),
          changing("StartInstances", "a started instance runs again", Machines::starts),
          changing(
              "StopInstances",
              "an unknown id is refused",
              target ->
                  refused(
                      "InvalidInstanceID.NotFound",
                      () -> target.clients().ec2().stopInstances(r -> r.instanceIds(UNKNOWN)))));

  private Machines() {}

  static Instance instance(Target target, String id) {
    return target
        .clients()
        .ec2()
        .describeInstances(r -> r.instanceIds(id))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  static String state(Target target, String id) {
    return instance(target, id).state().nameAsString();
  }

  static String rootVolume(Target target, String id) {
    Instance instance = instance(target, id);
    return instance.blockDeviceMappings().stream()
        .filter(device -> device.deviceName().equals(instance.rootDeviceName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " has no root volume"))
        .ebs()
        .volumeId();
  }

  private static List<String> status(Target target, String id) {
    return target
        .clients()
        .ec2()
        .describeInstanceStatus(r -> r.instanceIds(id).includeAllInstances(true))
        .instanceStatuses()
        .stream()
        .map(status -> status.instanceState().nameAsString())
        .toList();
  }

  private static void filtersByTagAndState(Target target) {
    String id = target.machine();
    Tag tag = Tag.builder().key("ringfence:contract:" + id).value("one").build();
    target.clients().ec2().createTags(r -> r.resources(id).tags(tag));
    same(List.of(id), tagged(target, tag.key(), "one", "running"));
    same(List.of(), tagged(target, tag.key(), "two", "running"));
    same(List.of(), tagged(target, tag.key(), "one", "stopped"));
  }

  private static List<String> tagged(Target target, String key, String value, String state) {
    return ids(
        target
            .clients()
            .ec2()
            .describeInstances(
                r -> r.filters(filter("tag:" + key, value), filter("instance-state-name", state))));
  }

  static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static List<String> ids(DescribeInstancesResponse page) {
    return page.reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }

  private static void pages(Target target) {
    int least = PAGE + 1;
    for (int i = 0; i < least; i++) {
      target.machine();
    }
    Set<String> seen = new HashSet<>();
    String token = null;
    int pages = 0;
    do {
      String from = token;
      DescribeInstancesResponse page =
          target.clients().ec2().describeInstances(r -> r.maxResults(PAGE).nextToken(from));
      for (String id : ids(page)) {
        so(seen.add(id), id + " is on two pages");
      }
      token = page.nextToken();
      pages++;
    } while (token != null && !token.isEmpty());
    so(pages > 1, seen.size() + " instances came on one page of at most " + PAGE);
  }

  private static void tellsTheRoot(Target target) {
    String id = target.machine();
    so(rootVolume(target, id).startsWith("vol-"), "the root is no volume");
    so(!instance(target, id).placement().availabilityZone().isEmpty(), "no zone is told");
  }

  private static void stops(Target target) {
    String id = target.machine();
    stop(target, id);
    same(List.of("stopped"), status(target, id));
    starts(target, id);
  }

  static void stop(Target target, String id) {
    target.clients().ec2().stopInstances(r -> r.instanceIds(id));
    so(target.eventually(() -> state(target, id).equals("stopped")), id + " never stopped");
  }

  private static void starts(Target target) {
    String id = target.machine();
    stop(target, id);
    starts(target, id);
    same(List.of("running"), status(target, id));
  }

  static void starts(Target target, String id) {
    target.clients().ec2().startInstances(r -> r.instanceIds(id));
    so(target.eventually(() -> state(target, id).equals("running")), id + " never ran again");
  }
}
