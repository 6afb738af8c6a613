package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Throttles;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.ec2.InstanceOperations;
import dev.ringfence.lab.cloud.ec2.StatusOperations;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Catalog;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Witness;
import dev.ringfence.lab.cloud.ssm.SystemsManager;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;

/** A deterministic model of what Ringfence uses of AWS: one seed, one virtual clock. */
public final class SimulatedCloud {
  private final VirtualClock clock;
  private final Services services;
  private final Catalog catalog = new Catalog();
  private final Disks disks = new Disks();
  private final Witness witness = new Witness();
  private final Throttles throttles;
  private final Fleet fleet;
  private final Life life;
  private final SystemsManager systemsManager;

  public SimulatedCloud(FleetSpec spec, VirtualClock clock, Services services) {
    this.clock = clock;
    this.services = services;
    Chance chance = new Chance(spec.seed());
    catalog.publish(spec.product(), spec.version(), new Behaviour.Healthy());
    throttles = new Throttles(clock);
    fleet = new FleetBuilder(spec, chance, disks).build();
    life = new Life(clock, chance, catalog, fleet, witness);
    Desk ec2 = new Desk("ec2", services, throttles);
    new InstanceOperations(fleet, clock).open(ec2);
    new StatusOperations(fleet, clock).open(ec2);
    systemsManager = new SystemsManager(clock, chance, fleet, life, witness, services, throttles);
  }

  public VirtualClock clock() {
    return clock;
  }

  public Services services() {
    return services;
  }

  public Catalog catalog() {
    return catalog;
  }

  public Fleet fleet() {
    return fleet;
  }

  public Throttles throttles() {
    return throttles;
  }

  public SystemsManager systemsManager() {
    return systemsManager;
  }
}
