package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.InstanceKinds;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.cloud.network.Subnet;
import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** RunInstances: all that are asked for, or none and a fault; with a token only once. */
public final class LaunchOperations {
  private record Given(RunInstancesRequest request, List<Machine> machines) {}

  private final Images images;
  private final Networks networks;
  private final Launches launches;
  private final Map<String, Given> byToken = new TreeMap<>();

  public LaunchOperations(Images images, Networks networks, Launches launches) {
    this.images = images;
    this.networks = networks;
    this.launches = launches;
  }

  public void open(Desk desk) {
    desk.open("RunInstances", RunInstancesRequest::builder, this::runInstances);
  }

  private RunInstancesResponse runInstances(RunInstancesRequest request) {
    String token = request.clientToken();
    Given given = token == null ? null : byToken.get(token);
    if (given != null) {
      if (!given.request().equalsBySdkFields(request)) {
        throw new AwsFault(
            "IdempotentParameterMismatch", 400, "The client token was used for something else.");
      }
      return answer(given.machines());
    }
    Launches.Order order = order(request);
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < count(request); i++) {
      machines.add(launches.launch(order));
    }
    if (token != null) {
      byToken.put(token, new Given(request, machines));
    }
    return answer(machines);
  }

  private static int count(RunInstancesRequest request) {
    if (request.minCount() == null || request.maxCount() == null) {
      throw Ec2Faults.missing("MinCount and MaxCount");
    }
    if (request.minCount() < 1 || request.maxCount() < request.minCount()) {
      throw Ec2Faults.badValue("MaxCount must be at least MinCount, and both at least 1");
    }
    return request.maxCount();
  }

  private static RunInstancesResponse answer(List<Machine> machines) {
    return RunInstancesResponse.builder()
        .reservationId("r-" + machines.getFirst().id().substring(2))
        .ownerId(Account.ID)
        .instances(machines.stream().map(InstanceView::of).toList())
        .build();
  }

  private Launches.Order order(RunInstancesRequest request) {
    Images.Image image = image(request.imageId());
    Subnet subnet = subnet(subnetId(request));
    List<String> groups = groups(request);
    groups.forEach(this::checkGroup);
    EbsBlockDevice root = root(request, image);
    return new Launches.Order(
        image,
        type(request, image),
        subnet.zone(),
        subnet.id(),
        groups,
        profile(request),
        size(root, image),
        key(root),
        root == null || !Boolean.FALSE.equals(root.deleteOnTermination()),
        TagSets.of(request.tagSpecifications(), "instance"),
        TagSets.of(request.tagSpecifications(), "volume"),
        Objects.requireNonNullElse(request.clientToken(), ""));
  }

  private Images.Image image(@Nullable String id) {
    if (id == null) {
      throw Ec2Faults.missing("ImageId");
    }
    return images
        .of(id)
        .orElseThrow(() ->
            new AwsFault(
                "InvalidAMIID.NotFound", 400, "The image id '[" + id + "]' does not exist"));
  }

  /** Network and groups stand in the request itself, or in its one network interface. */
  private static @Nullable String subnetId(RunInstancesRequest request) {
    return request.networkInterfaces().isEmpty()
        ? request.subnetId()
        : request.networkInterfaces().getFirst().subnetId();
  }

  private static List<String> groups(RunInstancesRequest request) {
    List<String> groups =
        request.networkInterfaces().isEmpty()
            ? request.securityGroupIds()
            : request.networkInterfaces().getFirst().groups();
    return groups.isEmpty() ? List.of(Networks.FLEET_GROUP) : groups;
  }

  private Subnet subnet(@Nullable String id) {
    Subnet subnet = networks.subnet(id == null ? Networks.fleetSubnet(zoneByDefault()) : id);
    if (subnet == null) {
      throw new AwsFault(
          "InvalidSubnetID.NotFound", 400, "The subnet ID '" + id + "' does not exist");
    }
    return subnet;
  }

  private static String zoneByDefault() {
    return Account.ZONES.getFirst();
  }

  private void checkGroup(String id) {
    if (networks.group(id) == null) {
      throw new AwsFault(
          "InvalidGroup.NotFound", 400, "The security group '" + id + "' is unknown");
    }
  }

  private static String type(RunInstancesRequest request, Images.Image image) {
    String type = Objects.requireNonNullElse(request.instanceTypeAsString(), "m5.large");
    InstanceKinds.Kind kind = InstanceKinds.find(type);
    if (kind == null) {
      throw Ec2Faults.badValue("Invalid value '" + type + "' for InstanceType.");
    }
    if (!kind.architecture().equals(image.architecture().wire())) {
      throw Ec2Faults.badValue(
          "The architecture '"
              + kind.architecture()
              + "' of the specified instance type does not match the architecture '"
              + image.architecture().wire()
              + "' of the specified AMI.");
    }
    return type;
  }

  private static @Nullable String profile(RunInstancesRequest request) {
    if (request.iamInstanceProfile() == null) {
      return null;
    }
    String arn = request.iamInstanceProfile().arn();
    return arn == null
        ? "arn:aws:iam::" + Account.ID + ":instance-profile/" + request.iamInstanceProfile().name()
        : arn;
  }

  /** Only the root may be described: the lab's images have no other disk. */
  private static @Nullable EbsBlockDevice root(RunInstancesRequest request, Images.Image image) {
    EbsBlockDevice root = null;
    for (BlockDeviceMapping mapping : request.blockDeviceMappings()) {
      if (!image.rootDevice().equals(mapping.deviceName()) || mapping.ebs() == null) {
        throw Ec2Faults.badValue("The lab launches no disk but the root, " + image.rootDevice());
      }
      root = mapping.ebs();
      if (root.snapshotId() != null && !root.snapshotId().equals(image.snapshotId())) {
        throw new AwsFault(
            "InvalidBlockDeviceMapping", 400, "The snapshot of the root cannot be changed");
      }
    }
    return root;
  }

  private static int size(@Nullable EbsBlockDevice root, Images.Image image) {
    Integer asked = root == null ? null : root.volumeSize();
    if (asked == null) {
      return image.rootGib();
    }
    if (asked < image.rootGib()) {
      throw new AwsFault(
          "InvalidBlockDeviceMapping",
          400,
          "Volume of size "
              + asked
              + "GB is smaller than snapshot, expect size >= "
              + image.rootGib()
              + "GB");
    }
    return asked;
  }

  private static String key(@Nullable EbsBlockDevice root) {
    if (root == null || (root.kmsKeyId() == null && !Boolean.TRUE.equals(root.encrypted()))) {
      return "";
    }
    return Objects.requireNonNullElse(root.kmsKeyId(), Account.EBS_KEY);
  }
}
