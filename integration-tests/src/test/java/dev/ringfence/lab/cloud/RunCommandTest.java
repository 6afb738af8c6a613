package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.ssm.Documents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

class RunCommandTest {
  private static final long SEED = 7;
  private static final Map<String, String> CONTENT =
      Map.of("product", Lab.PRODUCT, "version", Lab.NEXT);

  private static List<String> ids(Lab lab, int count) {
    return lab.cloud.fleet().machines().stream().limit(count).map(Machine::id).toList();
  }

  private static List<String> stages(Lab lab, String command) {
    return lab.invocations(command).stream()
        .map(invocation -> invocation.statusAsString() + "/" + invocation.statusDetails())
        .toList();
  }

  private static Command command(Lab lab, String id) {
    return lab.ask(
            "ssm",
            "ListCommands",
            ListCommandsRequest.builder().commandId(id).build(),
            ListCommandsResponse.class)
        .commands()
        .getFirst();
  }

  private static String send(Lab lab, SendCommandRequest request) {
    return lab.ask("ssm", "SendCommand", request, SendCommandResponse.class).command().commandId();
  }

  @Test
  void fiftyMachines_areAllInstalledWithinTwoMinutes() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    String command = lab.install(ids(lab, 50), "never");
    lab.pass(Duration.ofMinutes(2));
    assertEquals("Success", command(lab, command).statusAsString());
    assertEquals(50, lab.cloud.truth().loaded(Lab.PRODUCT, Lab.NEXT).size());
  }

  @Test
  void silentAgent_isPendingUntilTheDeliveryTimesOut() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    String id = lab.anyInstance().id();
    lab.cloud.faults().agentSilent(id, Duration.ofHours(3));
    String command = lab.install(List.of(id), "never");
    lab.pass(Duration.ofSeconds(599));
    assertEquals(List.of("Pending/Pending"), stages(lab, command));
    lab.pass(Duration.ofSeconds(1));
    assertEquals(List.of("TimedOut/Delivery Timed Out"), stages(lab, command));
    assertEquals("TimedOut", command(lab, command).statusAsString());
  }

  @Test
  void agentHeardAgainInTime_getsItsCommandThen() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    String id = lab.anyInstance().id();
    lab.cloud.faults().agentSilent(id, Duration.ofMinutes(5));
    String command = lab.install(List.of(id), "never");
    lab.pass(Duration.ofMinutes(6));
    assertEquals(List.of("Success/Success"), stages(lab, command));
  }

  @Test
  void machineThatDiesWhileRunning_isTimedOutOnlyWhenAllWaitingIsOver() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    String id = lab.anyInstance().id();
    String command = lab.install(List.of(id), "never");
    lab.pass(Duration.ofSeconds(6));
    assertEquals(List.of("InProgress/In Progress"), stages(lab, command));
    lab.cloud.faults().crash(id);
    lab.pass(Duration.ofSeconds(600 + 3600 - 7));
    assertEquals(List.of("InProgress/In Progress"), stages(lab, command));
    lab.pass(Duration.ofSeconds(1));
    assertEquals(List.of("TimedOut/Delivery Timed Out"), stages(lab, command));
  }

  @Test
  void failedInstall_leavesTheOldVersionAndSaysSo() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.InstallFails(1));
    String id = lab.anyInstance().id();
    String command = lab.install(List.of(id), "never");
    lab.pass(Duration.ofMinutes(1));
    CommandInvocation invocation = lab.invocations(command).getFirst();
    assertEquals("Failed", invocation.statusAsString());
    assertEquals(1, invocation.commandPlugins().getFirst().responseCode());
    assertEquals("7.15.0", lab.cloud.truth().installed(id, Lab.PRODUCT).orElseThrow());
  }

  @Test
  void noErrorTolerated_stopsTheRestAfterTheFirstFailure() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.InstallFails(1));
    String command =
        send(
            lab,
            Lab.request(Documents.INSTALL, ids(lab, 20), CONTENT)
                .maxConcurrency("1")
                .maxErrors("0")
                .build());
    lab.pass(Duration.ofMinutes(2));
    assertEquals("Failed/Failed", stages(lab, command).getFirst());
    assertEquals(
        List.of("Cancelled/Terminated"), stages(lab, command).stream().skip(1).distinct().toList());
    assertEquals("Failed", command(lab, command).statusAsString());
  }

  @Test
  void timeOutsOfDelivery_doNotCountAsErrors() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    List<String> ids = ids(lab, 5);
    ids.subList(0, 4).forEach(id -> lab.cloud.faults().agentSilent(id, Duration.ofHours(1)));
    String command = lab.install(ids, "never");
    lab.pass(Duration.ofMinutes(11));
    assertEquals(0, command(lab, command).errorCount());
    assertEquals(4, command(lab, command).deliveryTimedOutCount());
    assertEquals("Incomplete", command(lab, command).statusDetails());
  }

  @Test
  void cancelled_whatWaitsIsCancelledAndWhatRunsFinishes() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    List<String> ids = ids(lab, 2);
    lab.cloud.faults().agentSilent(ids.get(1), Duration.ofHours(1));
    String command = lab.install(ids, "never");
    lab.pass(Duration.ofSeconds(6));
    lab.ask(
        "ssm",
        "CancelCommand",
        CancelCommandRequest.builder().commandId(command).build(),
        software.amazon.awssdk.services.ssm.model.CancelCommandResponse.class);
    lab.pass(Duration.ofMinutes(1));
    assertEquals(List.of("Success/Success", "Cancelled/Cancelled"), stages(lab, command));
  }

  @Test
  void commandJustSent_isNotYetInAnyList() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    String id = lab.anyInstance().id();
    String command = lab.install(List.of(id), "never");
    var read = GetCommandInvocationRequest.builder().commandId(command).instanceId(id).build();
    assertEquals("400 InvocationDoesNotExist", lab.faultOf("ssm", "GetCommandInvocation", read));
    assertEquals(List.of(), lab.invocations(command));
    lab.pass(Duration.ofSeconds(1));
    GetCommandInvocationResponse seen =
        lab.ask("ssm", "GetCommandInvocation", read, GetCommandInvocationResponse.class);
    assertEquals("Pending", seen.statusAsString());
    assertEquals(-1, seen.responseCode());
  }

  @Test
  void documentThatChanged_isRefusedByItsPinnedHash() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    var request =
        Lab.request(Documents.INSTALL, ids(lab, 1), CONTENT)
            .documentVersion("1")
            .documentHash(lab.cloud.documents().latest(Documents.INSTALL).sha256())
            .documentHashType("Sha256")
            .comment("rollout-1/batch-1")
            .build();
    String command = send(lab, request);
    lab.pass(Duration.ofSeconds(2));
    assertEquals("rollout-1/batch-1", command(lab, command).comment());
    lab.cloud.faults().documentChanges(Documents.INSTALL);
    assertEquals("400 InvalidDocument", lab.faultOf("ssm", "SendCommand", request));
  }

  @Test
  void wrongRequests_areRefusedAsSystemsManagerRefusesThem() {
    Lab lab = Lab.of(60, SEED);
    List<String> one = ids(lab, 1);
    var good = Lab.request(Documents.INSTALL, one, CONTENT);
    assertEquals(
        List.of(
            "400 InvalidInstanceId",
            "400 DuplicateInstanceId",
            "400 ValidationException",
            "400 ValidationException",
            "400 ValidationException",
            "400 InvalidDocument",
            "400 InvalidDocumentVersion",
            "400 InvalidParameters"),
        List.of(
                good.copy().instanceIds("i-0123456789abcdef0").build(),
                good.copy().instanceIds(one.getFirst(), one.getFirst()).build(),
                good.copy().instanceIds(ids(lab, 51)).build(),
                good.copy().timeoutSeconds(29).build(),
                good.copy().comment("x".repeat(101)).build(),
                good.copy().documentName("Nothing").build(),
                good.copy().documentVersion("9").build(),
                good.copy().parameters(Map.of("product", List.of("a"))).build())
            .stream()
            .map(request -> lab.faultOf("ssm", "SendCommand", request))
            .toList());
  }

  @Test
  void listCommands_pagesNewestFirstWithoutGapsOrRepeats() {
    Lab lab = Lab.of(60, SEED).publishing(new Behaviour.Healthy());
    List<String> sent =
        java.util.stream.IntStream.range(0, 7).mapToObj(i -> lab.readVersion(ids(lab, 1))).toList();
    lab.pass(Duration.ofSeconds(2));
    List<String> seen = new java.util.ArrayList<>();
    String token = null;
    do {
      ListCommandsResponse page =
          lab.ask(
              "ssm",
              "ListCommands",
              ListCommandsRequest.builder().maxResults(3).nextToken(token).build(),
              ListCommandsResponse.class);
      page.commands().forEach(c -> seen.add(c.commandId()));
      token = page.nextToken();
      lab.readVersion(ids(lab, 1));
      lab.pass(Duration.ofSeconds(2));
    } while (token != null);
    assertEquals(sent.reversed(), seen);
    assertNull(token);
  }

  @Test
  void successBeforeTheRebootThatNeverReturns_isTheTrap() {
    Lab lab =
        Lab.of(60, SEED)
            .publishing(new Behaviour.BootLoop(dev.ringfence.lab.cloud.machine.Stratum.EVERYWHERE));
    String id = lab.anyInstance().id();
    String command = lab.install(List.of(id), "after");
    lab.pass(Duration.ofHours(3));
    assertEquals(List.of("Success/Success"), stages(lab, command));
    assertTrue(lab.cloud.truth().crashedNow().contains(id));
  }
}
