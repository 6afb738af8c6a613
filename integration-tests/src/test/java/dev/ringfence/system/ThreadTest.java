package dev.ringfence.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.plane.ControlPlane;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.store.MemoryStore;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.CallMeter;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.operation.Operation;
import dev.ringfence.release.Version;
import dev.ringfence.rollout.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ThreadTest {
  @Test
  void blueScreen() throws Exception {
    run(new Behaviour.Healthy(), "7.15.1");
    run(new Behaviour.BlueScreen(), "7.15.1");
  }

  void run(Behaviour behaviour, String version) throws Exception {
    FleetSpec spec = FleetSpec.of(200, 42);
    VirtualClock clock = new VirtualClock(spec.start());
    Services services = new Services();
    SimulatedCloud cloud = new SimulatedCloud(spec, clock, services);
    CallMeter meter = new CallMeter();
    Wire wire = new Wire(services).tap(meter);
    LabClients clients = LabClients.over(wire);
    MemoryStore store =
        new MemoryStore((a, b) -> Version.BY_AGE.compare(new Version(a), new Version(b)));
    int[] beats = {0};
    ControlPlane plane =
        new ControlPlane(
            clients,
            store,
            clock,
            beat -> {
              beats[0]++;
            });
    cloud.onEvent(plane::alarmChanged);
    store.putPolicy(
        "falcon",
        "{\"product\":\"falcon\",\"selector\":{\"ringfence:product\":[\"falcon\"]},\"signing\":{\"required\":false},\"content\":{\"updateWithoutRestore\":[\"HYBRID_NODE\"]}}");
    cloud.catalog().publish("falcon", version, behaviour);
    ObjectMapper json = new ObjectMapper();
    Documents.Version install = cloud.documents().latest(Documents.INSTALL);
    Documents.Version read = cloud.documents().latest(Documents.READ_VERSION);
    ObjectNode event = json.createObjectNode();
    event
        .put("version", "0")
        .put("id", "e-1")
        .put("detail-type", "Release Published")
        .put("source", "dev.ringfence.lab")
        .put("account", "123456789012")
        .put("time", clock.instant().toString())
        .put("region", "eu-central-1");
    event.putArray("resources");
    ObjectNode m = event.putObject("detail").putObject("manifest");
    m.put("product", "falcon")
        .put("version", version)
        .put("channel", "CONTENT")
        .put("rebootExpected", false);
    m.putObject("document")
        .put("name", install.name())
        .put("version", install.number())
        .put("sha256", install.sha256());
    m.set(
        "parameters",
        json.readTree(
            "{\"product\":[\"falcon\"],\"version\":[\"" + version + "\"],\"reboot\":[\"never\"]}"));
    ObjectNode p = m.putObject("versionProbe");
    p.putObject("document")
        .put("name", read.name())
        .put("version", read.number())
        .put("sha256", read.sha256());
    p.set("parameters", json.readTree("{\"product\":[\"falcon\"]}"));
    ReleaseIntake.Answer answer = plane.publish(json.writeValueAsString(event));
    System.out.println(answer);
    String id = ((ReleaseIntake.Answer.Started) answer).id();
    long t0 = System.nanoTime();
    while (!plane.rollout(id).head().isFinal()
        && clock.instant().isBefore(spec.start().plusSeconds(86400))) {
      clock.step();
    }
    clock.runUntil(clock.instant().plusSeconds(3600));
    System.out.println(
        (System.nanoTime() - t0) / 1_000_000 + " ms, beats " + beats[0] + " at " + clock.instant());
    Operation<Rollout, Batch> op = plane.rollout(id);
    store
        .journal(id)
        .forEach(e -> System.out.println(e.at() + " " + e.what() + " | " + e.evidence()));
    op.head()
        .orders()
        .forEach(o -> {
          System.out.println(plane.restore(o.restore()).head());
          store
              .journal(o.restore())
              .forEach(e -> System.out.println(e.at() + " " + e.what() + " | " + e.evidence()));
        });
    System.out.println(
        op.head().phase() + " " + meter.calls() + " crashed " + cloud.truth().crashedNow());
  }
}
