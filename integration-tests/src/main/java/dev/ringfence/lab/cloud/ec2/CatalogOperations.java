package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.InstanceKinds;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.wire.AwsFault;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** DescribeImages and DescribeInstanceTypes: what can be launched. */
public final class CatalogOperations {
  private final Images images;
  private final Filters<Images.Image> imageFilters =
      new Filters<Images.Image>(image -> Map.of())
          .on("image-id", Images.Image::id)
          .on("architecture", image -> image.architecture().wire())
          .on("state", image -> "available");
  private final Filters<InstanceKinds.Kind> kindFilters =
      new Filters<InstanceKinds.Kind>(kind -> Map.of())
          .on("instance-type", InstanceKinds.Kind::type)
          .on("bare-metal", kind -> Boolean.toString(kind.metal()))
          .on("hibernation-supported", kind -> Boolean.toString(kind.hibernates()))
          .on("instance-storage-supported", kind -> Boolean.toString(kind.instanceStore()))
          .on("processor-info.supported-architecture", InstanceKinds.Kind::architecture);

  public CatalogOperations(Images images) {
    this.images = images;
  }

  public void open(Desk desk) {
    desk.open("DescribeImages", DescribeImagesRequest::builder, this::describeImages);
    desk.open("DescribeInstanceTypes", DescribeInstanceTypesRequest::builder, this::describeTypes);
  }

  private DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    List<Images.Image> wanted =
        request.imageIds().isEmpty()
            ? images.all()
            : request.imageIds().stream().distinct().map(this::image).toList();
    return DescribeImagesResponse.builder()
        .images(
            wanted.stream()
                .filter(imageFilters.all(request.filters()))
                .map(CatalogOperations::view)
                .toList())
        .build();
  }

  private Images.Image image(String id) {
    return images
        .of(id)
        .orElseThrow(() ->
            new AwsFault(
                "InvalidAMIID.NotFound", 400, "The image id '[" + id + "]' does not exist"));
  }

  private static Image view(Images.Image image) {
    boolean windows = image.os() == Hardware.Os.WINDOWS;
    return Image.builder()
        .imageId(image.id())
        .name(windows ? "windows" : "linux-" + image.architecture().wire())
        .ownerId(Account.ID)
        .state("available")
        .architecture(image.architecture().wire())
        .platform(windows ? "windows" : null)
        .platformDetails(windows ? "Windows" : "Linux/UNIX")
        .usageOperation(windows ? "RunInstances:0002" : "RunInstances")
        .rootDeviceName(image.rootDevice())
        .rootDeviceType("ebs")
        .virtualizationType("hvm")
        .bootMode(image.architecture() == Hardware.Architecture.ARM64 ? "uefi" : "legacy-bios")
        .blockDeviceMappings(
            BlockDeviceMapping.builder()
                .deviceName(image.rootDevice())
                .ebs(e ->
                    e.snapshotId(image.snapshotId())
                        .volumeSize(image.rootGib())
                        .volumeType("gp3")
                        .deleteOnTermination(true))
                .build())
        .build();
  }

  private DescribeInstanceTypesResponse describeTypes(DescribeInstanceTypesRequest request) {
    List<InstanceKinds.Kind> wanted =
        request.instanceTypes().isEmpty()
            ? InstanceKinds.all()
            : request.instanceTypesAsStrings().stream().distinct().map(this::kind).toList();
    return DescribeInstanceTypesResponse.builder()
        .instanceTypes(
            wanted.stream()
                .filter(kindFilters.all(request.filters()))
                .map(CatalogOperations::view)
                .toList())
        .build();
  }

  private InstanceKinds.Kind kind(String type) {
    InstanceKinds.Kind kind = InstanceKinds.find(type);
    if (kind == null) {
      throw Ec2Faults.badType(type);
    }
    return kind;
  }

  private static InstanceTypeInfo view(InstanceKinds.Kind kind) {
    return InstanceTypeInfo.builder()
        .instanceType(kind.type())
        .currentGeneration(true)
        .bareMetal(kind.metal())
        .hypervisor(kind.metal() ? null : "nitro")
        .hibernationSupported(kind.hibernates())
        .instanceStorageSupported(kind.instanceStore())
        .supportedRootDeviceTypesWithStrings("ebs")
        .supportedUsageClassesWithStrings("on-demand", "spot")
        .processorInfo(p -> p.supportedArchitecturesWithStrings(kind.architecture()))
        .build();
  }
}
