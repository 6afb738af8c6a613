package dev.ringfence.functions.aws;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.HibernationOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;

/**
 * Reads what stands in the way of either path back to a machine, or makes it cost something. Most
 * of it is in DescribeInstances. EC2 takes no snapshots of machines that may hibernate, replaces
 * roots on virtualised types and Mac metal only, and needs an EBS root ("Replace the root volume",
 * "Create Amazon EBS snapshots"). An exchange stops the machine: a Spot machine without a root is
 * terminated then, a Marketplace code leaves it with the root that carries it ("Detach an Amazon
 * EBS volume"), and instance store volumes and an address that is no Elastic IP are gone ("How EC2
 * instance stop and start works").
 */
final class ObstacleReader {
  /** Who owns an address that EC2 has assigned; an Elastic IP belongs to an account. */
  private static final String AMAZON = "amazon";

  private final RigReader rigs;
  private final InstanceTypes types;
  private final StopReader stops;

  ObstacleReader(Ec2Client ec2, RigReader rigs, Pacer pacer, InstantSource clock) {
    this.rigs = rigs;
    this.types = new InstanceTypes(ec2, pacer);
    this.stops = new StopReader(ec2, pacer, clock);
  }

  /**
   * By machine; one of which not everything could be read is missing.
   *
   * @param toStop machines of which is wanted what a stop would meet
   * @param age how long ago that may have been read
   */
  Map<String, Set<Unrestorable>> read(
      Set<String> machines, Set<String> toStop, Duration age, List<String> gaps) {
    if (machines.isEmpty()) {
      return Map.of();
    }
    return of(rigs.instances(machines, gaps).values(), toStop, age, gaps);
  }

  /** The same for a whole fleet, of which what takes calls for each may be as old as a plan. */
  Map<String, Set<Unrestorable>> ofFleet(Collection<Instance> fleet, List<String> gaps) {
    return of(fleet, Set.of(), StopReader.REMEMBERED, gaps);
  }

  private Map<String, Set<Unrestorable>> of(
      Collection<Instance> instances, Set<String> toStop, Duration maxAge, List<String> gaps) {
    Map<String, Boolean> stores =
        types.haveStore(
            instances.stream().map(ObstacleReader::type).collect(Collectors.toSet()), gaps);
    Map<String, Set<Unrestorable>> known = new HashMap<>();
    for (Instance instance : instances) {
      Boolean store = stores.get(type(instance));
      if (store != null) {
        known.put(instance.instanceId(), plain(instance, store));
      }
    }
    Set<String> stopped = new HashSet<>(known.keySet());
    stopped.removeIf(id -> !toStop.contains(id) && !hangsOnAStop(known.getOrDefault(id, Set.of())));
    Map<String, Set<Unrestorable>> met = stops.read(stopped, maxAge, gaps);
    stopped.removeAll(met.keySet());
    known.keySet().removeAll(stopped);
    met.forEach((id, reasons) -> known.computeIfPresent(id, (one, plain) -> both(plain, reasons)));
    return known;
  }

  private static Set<Unrestorable> both(Set<Unrestorable> some, Set<Unrestorable> others) {
    Set<Unrestorable> all = EnumSet.noneOf(Unrestorable.class);
    all.addAll(some);
    all.addAll(others);
    return all;
  }

  /** Whether path B is all that is left, so that it matters whether the machine may be stopped. */
  private static boolean hangsOnAStop(Set<Unrestorable> known) {
    Set<Unrestorable> free = Unrestorable.without(known, Unrestorable.prices(known));
    return !Unrestorable.against(RootPath.A, known).isEmpty()
        && Unrestorable.against(RootPath.B, free).isEmpty();
  }

  private static String type(Instance instance) {
    return instance.instanceTypeAsString();
  }

  private static Set<Unrestorable> plain(Instance instance, boolean store) {
    Set<Unrestorable> known = EnumSet.noneOf(Unrestorable.class);
    add(known, Unrestorable.INSTANCE_STORE_ROOT, isRootOnStore(instance));
    add(known, Unrestorable.HIBERNATION, mayHibernate(instance));
    add(known, Unrestorable.BARE_METAL, isMetal(type(instance)));
    add(known, Unrestorable.SPOT, instance.instanceLifecycle() == InstanceLifecycleType.SPOT);
    add(known, Unrestorable.PRODUCT_CODE, !instance.productCodes().isEmpty());
    add(known, Unrestorable.INSTANCE_STORE_DATA, store);
    add(
        known,
        Unrestorable.PUBLIC_ADDRESS,
        instance.networkInterfaces().stream().anyMatch(ObstacleReader::losesItsAddress));
    add(known, Unrestorable.AUTO_SCALING, RigReader.isMember(instance));
    return known;
  }

  private static void add(Set<Unrestorable> known, Unrestorable reason, boolean holds) {
    if (holds) {
      known.add(reason);
    }
  }

  private static boolean isRootOnStore(Instance instance) {
    return instance.rootDeviceType() == DeviceType.INSTANCE_STORE;
  }

  private static boolean mayHibernate(Instance instance) {
    HibernationOptions hibernation = instance.hibernationOptions();
    return hibernation != null && Boolean.TRUE.equals(hibernation.configured());
  }

  private static boolean isMetal(String type) {
    return type.contains(".metal") && !type.startsWith("mac");
  }

  private static boolean losesItsAddress(InstanceNetworkInterface card) {
    InstanceNetworkInterfaceAssociation association = card.association();
    return association != null && AMAZON.equals(association.ipOwnerId());
  }
}
