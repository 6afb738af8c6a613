package dev.ringfence.lab.plane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.lab.clock.LambdaApi;
import dev.ringfence.lab.clock.LambdaTap;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.judge.CaseFile;
import dev.ringfence.lab.judge.Promises;
import dev.ringfence.lab.judge.Verdict;
import dev.ringfence.lab.store.LocalDynamo;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.CallMeter;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.release.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * A whole lab: a simulated cloud, the real DynamoDB engine, and a cell of the control plane on
 * both. What the control plane calls and what it costs is metered; whoever only looks on has
 * clients of its own that are not.
 */
public final class Lab implements AutoCloseable {
  private static final String TABLE = "ringfence";

  private final VirtualClock clock;
  private final SimulatedCloud cloud;
  private final LocalDynamo dynamo;
  private final SdkHttpClient http;
  private final CallMeter meter = new CallMeter();
  private final Units units = new Units();
  private final Wire wire;
  private final Wire onlookersWire;
  private final LabClients onlooker;
  private final Store onlookersStore;
  private final CaseFile file;
  private final DeployedPlane plane;

  private Lab(FleetSpec spec, LocalDynamo dynamo, Consumer<Beat> listener) {
    this.clock = new VirtualClock(spec.start());
    this.dynamo = dynamo;
    this.http = UrlConnectionHttpClient.create();
    Services services = new Services();
    this.cloud = new SimulatedCloud(spec, clock, services);
    this.file = new CaseFile(cloud);
    this.wire = new Wire(services).passDynamoTo(http, dynamo.endpoint()).tap(file).tap(meter);
    this.onlookersWire = new Wire(services).passDynamoTo(http, dynamo.endpoint());
    this.onlooker = LabClients.over(onlookersWire);
    DynamoTable.create(onlooker.dynamo(), TABLE);
    LabClients clients = LabClients.over(wire);
    this.onlookersStore = store(onlooker, "onlooker", new Units());
    this.plane =
        new DeployedPlane(
            clients,
            services,
            file.recording(store(clients, "lab", units)),
            clock,
            cloud.throttles().callersTime(),
            listener);
    cloud.onEvent(plane::alarmChanged);
    plane.lambda().tap(changes());
    onlookersWire.passLambdaTo(new LambdaApi(plane.lambda())::answer);
    plane.lambda().tap(callers());
  }

  /** Each call of a function is another caller of AWS, at the same time as the others. */
  private LambdaTap callers() {
    return new LambdaTap() {
      @Override
      public void before(String function, JsonNode payload) {
        cloud.throttles().nextCaller();
      }
    };
  }

  /** Reading the stream is what Lambda does, so it is not metered. */
  private TableStream changes() {
    return new TableStream(
        clock,
        onlooker.streams(),
        onlooker.dynamo(),
        TABLE,
        plane.lambda(),
        DeployedPlane.TABLE_CHANGED);
  }

  /**
   * Opens a lab.
   *
   * @param listener told of each beat
   */
  public static Lab open(FleetSpec spec, Consumer<Beat> listener) throws IOException {
    return new Lab(spec, LocalDynamo.start(), listener);
  }

  private static Store store(LabClients clients, String writer, Units units) {
    return new DynamoStore(
        clients.dynamo(),
        TABLE,
        writer,
        (one, other) -> Version.BY_AGE.compare(new Version(one), new Version(other)),
        pause -> {},
        units);
  }

  public VirtualClock clock() {
    return clock;
  }

  public SimulatedCloud cloud() {
    return cloud;
  }

  public DeployedPlane plane() {
    return plane;
  }

  /** Takes a Release Published event in; its answer goes on file. */
  public ReleaseIntake.Answer publish(String event) {
    return file.publish(plane::publish, event);
  }

  /** Judges what has happened so far against the promises. */
  public List<Verdict> judged() {
    return Promises.judge(cloud, onlookersStore, file);
  }

  /** When the first replacement of a machine's root was accepted, by machine, in that order. */
  public Map<String, Instant> rootsAsked() {
    return file.rootsAsked();
  }

  /** The wire that the control plane's calls go over, for taps and for a port. */
  public Wire wire() {
    return wire;
  }

  /** What the control plane called. */
  public CallMeter calls() {
    return meter;
  }

  /** What the control plane's table would charge. */
  public Units units() {
    return units;
  }

  /** A wire whose calls are not metered, for whoever wants to look in from outside. */
  public Wire onlookersWire() {
    return onlookersWire;
  }

  /** Clients whose calls are not metered. */
  public LabClients onlooker() {
    return onlooker;
  }

  /** The same table, read by somebody who is not metered. */
  public Store look() {
    return onlookersStore;
  }

  @Override
  public void close() {
    http.close();
    dynamo.close();
  }
}
