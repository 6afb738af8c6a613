package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Throttles;
import dev.ringfence.lab.cloud.ebs.ShadowCopies;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Reach;
import dev.ringfence.lab.cloud.machine.Rest;
import dev.ringfence.lab.cloud.machine.Witness;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;

/** The whole of Systems Manager that the lab has, put together. */
public final class SystemsManager {
  private final Documents documents = new Documents();
  private final Calendars calendars;

  public SystemsManager(
      VirtualClock clock,
      Chance chance,
      Fleet fleet,
      Life life,
      Reach reach,
      Witness witness,
      Services services,
      Throttles throttles,
      Rest rest,
      ShadowCopies shadows) {
    this.calendars = new Calendars(clock);
    Desk desk = new Desk("ssm", services, throttles);
    Commands commands = new Commands();
    Work work = new Work(life, chance, rest, shadows);
    CommandRunner runner = new CommandRunner(clock, chance, life, reach, witness, work);
    new SendOperations(fleet, documents, commands, runner, clock, chance).open(desk);
    new ListOperations(commands, clock).open(desk);
    new InventoryOperations(fleet, clock).open(desk);
    new ResourceTagOperations(fleet, documents).open(desk);
    calendars.open(desk);
  }

  public Documents documents() {
    return documents;
  }

  public Calendars calendars() {
    return calendars;
  }
}
