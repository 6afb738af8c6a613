package dev.ringfence.awscontract;

import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.clock.StateMachine;
import dev.ringfence.lab.clock.StepFunctions;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.plane.DynamoTable;
import dev.ringfence.lab.plane.LabAlarms;
import dev.ringfence.lab.store.LocalDynamo;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The lab: our simulation of AWS with the real engine of DynamoDB, on a clock of its own. */
final class LabTarget implements Target, AutoCloseable {
  private static final String CALENDAR = "no-freeze";
  private static final String ALARM = "machines-failing";
  private static final String TABLE = "ringfence-contract";

  /** More than promises that use up a machine. */
  private static final int MACHINES = 100;

  private static final long SEED = 20_240_719;

  private final VirtualClock clock;
  private final LocalDynamo dynamo;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final Clients clients;
  private final String slowClock;
  private final Deque<String> machines = new ArrayDeque<>();

  LabTarget() throws IOException {
    FleetSpec spec = FleetSpec.of(MACHINES, SEED).withHybridShare(0).withSpotShare(0);
    clock = new VirtualClock(spec.start());
    Services services = new Services();
    SimulatedCloud cloud = new SimulatedCloud(spec, clock, services);
    cloud.throttles().switchOff();
    cloud.calendar(CALENDAR, true, null);
    cloud.fleet().instances().stream()
        .filter(machine -> !machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG))
        .map(Machine::id)
        .forEach(machines::add);
    StepFunctions steps =
        new StepFunctions(clock, new LabLambda(clock), Account.REGION, Account.ID);
    slowClock = steps.define(StateMachine.parse(EndpointTarget.NAME, EndpointTarget.SLOW_CLOCK));
    steps.serve(services);
    dynamo = LocalDynamo.start();
    clients = Clients.over(new Wire(services).passDynamoTo(http, dynamo.endpoint()));
    DynamoTable.create(clients.dynamo(), TABLE);
    LabAlarms.machinesFailing(clients.cloudWatch(), ALARM, spec.product(), 2);
  }

  @Override
  public String name() {
    return "lab";
  }

  @Override
  public Clients clients() {
    return clients;
  }

  @Override
  public boolean mayChange() {
    return true;
  }

  @Override
  public String machine() {
    return machines.remove();
  }

  @Override
  public String document() {
    return Documents.NO_OP;
  }

  @Override
  public String alarm() {
    return ALARM;
  }

  @Override
  public String calendar() {
    return CALENDAR;
  }

  @Override
  public String slowClock() {
    return slowClock;
  }

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public String bucket() {
    return SimulatedCloud.EVIDENCE_BUCKET;
  }

  @Override
  public String run() {
    return "first";
  }

  @Override
  public void pass(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  @Override
  public Duration step() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void close() {
    http.close();
    dynamo.close();
  }
}
