package dev.ringfence.infra.deployed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.CellEvents;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.contract.ReleaseEvents;
import dev.ringfence.events.RecordedEvent;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** The cell, put up on LocalStack, looked at, and taken down again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class DeployedSuite {
  /** Of these only the creation is seen: what LocalStack tells of them is not compared. */
  private static final Set<String> NOT_READ = Set.of("AWS::KMS::Key", "AWS::Logs::LogGroup");

  private static final String BUS_POLICY = "AWS::Events::EventBusPolicy";
  private static final String TOPIC = "AWS::SNS::Topic";
  private static final String CLOCK = "AWS::StepFunctions::StateMachine";
  private static final String PUBLISHER = "com.example.releases";
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String BUCKET = "AWS::S3::Bucket";

  /** As README says. The registry is others' too; it is only noted here, see {@link Absent}. */
  private static final Set<String> RETAINED = Set.of(TABLE, BUCKET, "AWS::EventSchemas::Registry");

  /** Events go through when all was read: what listens to them would be read too. */
  private static final int FLOW = Integer.MAX_VALUE - 2;

  private static final int ROLLOUT = Integer.MAX_VALUE - 1;
  private static final int LAST = Integer.MAX_VALUE;

  private Cloud cloud;
  private Told told;
  private DeployedCell cell;
  private Publishing publishing;

  /** Where LocalStack answers; called once. Aborts where there is none. */
  abstract URI localStack();

  @BeforeAll
  void deploy() {
    cloud = Cloud.at(localStack());
    told = new Told(cloud);
    Assumptions.assumeTrue(Assembly.hasFunctions(), "the functions' jar is not built yet");
    try {
      cloud.tables().listTables();
    } catch (SdkException noEngine) {
      Assumptions.abort("LocalStack has no DynamoDB here: " + noEngine.getMessage());
    }
    cell = DeployedCell.on(cloud);
    publishing = new Publishing(cloud, cell);
  }

  @Test
  void stack_isCreated() {
    assertEquals(
        StackStatus.CREATE_COMPLETE,
        cell.stack().stackStatus(),
        () -> String.join("\n", cell.remarks()));
  }

  /** And of nothing else: all other resources are there without a remark. */
  @Test
  void typesThatAreNotCreated_areRemarkedUpon() {
    Set<String> expected = new TreeSet<>();
    Set<String> noted = Absent.types(Absent.Why.ONLY_NOTED);
    cell.ids()
        .map(cell::type)
        .filter(noted::contains)
        .forEach(type -> expected.add(type + ": " + Absent.noteOf(type)));
    assertEquals(expected, new TreeSet<>(cell.remarks()));
  }

  @Test
  void whatIsMissing_isWhatNeedsFunctionsWhereThereAreNone() {
    assertEquals(
        cell.hasFunctions() ? Set.of() : Absent.types(Absent.Why.NO_ENGINE), cell.missing());
  }

  @Test
  void everyTypeOfTheTemplate_isReadOrNamed() {
    Set<String> known = new HashSet<>(told.types());
    known.addAll(NOT_READ);
    known.addAll(Absent.types(Absent.Why.ONLY_NOTED));
    assertEquals(
        List.of(), cell.ids().map(cell::type).filter(type -> !known.contains(type)).toList());
  }

  /** What has a row in the table as lost and is there fails too. */
  @ParameterizedTest
  @MethodSource("read")
  void resource_isAsInTheTemplate(String logicalId) {
    String type = cell.type(logicalId);
    ObjectNode should = cell.should(logicalId).deepCopy();
    JsonNode is = told.of(type, cell.physical(logicalId), should);
    should.remove(Absent.lostOf(type));
    assertEquals(Shapes.plain(should), Shapes.plain(is));
  }

  Stream<String> read() {
    return cell.ids()
        .filter(id -> told.types().contains(cell.type(id)) && !cell.type(id).equals(BUS_POLICY));
  }

  @Test
  void busPolicy_hasTheStatementsThatLocalStackKeeps() {
    List<String> kept =
        cell.ids(BUS_POLICY)
            .filter(id -> {
              JsonNode should = cell.should(id);
              return Shapes.plain(should)
                  .equals(Shapes.plain(told.of(BUS_POLICY, cell.physical(id), should)));
            })
            .toList();
    assertEquals(Absent.STATEMENTS_KEPT, kept.size(), kept::toString);
    assertEquals(
        Absent.STATEMENTS_KEPT,
        new ToldPolicies(cloud).statementsOf(cell.only("AWS::Events::EventBus")));
  }

  @Test
  void clock_isTheOneThatTheLabInterprets() {
    String definition =
        ClockDefinition.text(
            alias(CellFunction.ROLLOUT_BEAT),
            alias(CellFunction.RESTORE_BEAT),
            alias(CellFunction.DRILL_BEAT));
    assertEquals(
        Shapes.parsed(definition),
        Shapes.parsed(
            cloud
                .machines()
                .describeStateMachine(r -> r.stateMachineArn(cell.only(CLOCK)))
                .definition()));
  }

  private String alias(CellFunction function) {
    return Cloud.arn("lambda", "function:" + cell.name() + "-" + function.title() + ":live");
  }

  @Test
  @Order(FLOW)
  void news_reachesWhoeverListensToTheTopic() {
    String queue = publishing.listenTo(cell.only(TOPIC));
    publishing.put("ringfence.example", CellEvents.ROLLOUT_HALTED, said("by nobody"));
    publishing.put(CellEvents.SOURCE, CellEvents.ROLLOUT_SUCCEEDED, said("in silence"));
    publishing.put(CellEvents.SOURCE, CellEvents.ROLLOUT_HALTED, said("Rollout 7 was halted"));
    assertEquals(
        List.of("\"" + CellEvents.ROLLOUT_HALTED + ": Rollout 7 was halted\""),
        publishing.arrived(queue));
  }

  private static ObjectNode said(String message) {
    return JsonNodeFactory.instance.objectNode().put(CellEvents.MESSAGE, message);
  }

  @Test
  @Order(FLOW)
  void release_reachesTheDeployedRulesTargets() {
    String queue = publishing.listenToReleases();
    publishing.put(PUBLISHER, "Release Withdrawn", Shipment.detail());
    publishing.put("aws.ec2", ReleaseEvents.PUBLISHED, Shipment.detail());
    publishing.put(PUBLISHER, ReleaseEvents.PUBLISHED, Shipment.detail());
    assertEquals(List.of(Shipment.detail()), details(queue));
  }

  @Test
  @Order(FLOW)
  void recordedAlarm_reachesTheDeployedRulesTargets() {
    String queue = publishing.listenToAlarms();
    publishing.putOnDefault(RecordedEvent.INSTANCE_STATE.json());
    publishing.putOnDefault(RecordedEvent.METRIC_ALARM.json());
    assertEquals(List.of(RecordedEvent.METRIC_ALARM.json().path("detail")), details(queue));
  }

  private List<JsonNode> details(String queue) {
    return publishing.arrived(queue).stream()
        .map(event -> Shapes.parsed(event).path("detail"))
        .toList();
  }

  /** After the others, so that what they publish is refused for want of a policy. */
  @Test
  @Order(ROLLOUT)
  void release_isTakenInByItsFunctionAndBeatenByTheClock() {
    Assumptions.assumeTrue(cell.hasFunctions(), "no function can be created there");
    CellRecord record = new CellRecord(cloud, cell);
    record.takePolicies();
    publishing.put(PUBLISHER, ReleaseEvents.PUBLISHED, Shipment.detail());
    List<Rollout> rollouts = CellRecord.eventually(() -> record.store().recent(RolloutCourse.FORM));
    assertEquals(
        List.of(Shipment.VERSION), rollouts.stream().map(r -> r.release().version()).toList());
    assertEquals(
        List.of("intake: accepted widgets 7.16", "beat: took the lane widgets/CONTENT"),
        record.journal(rollouts.getFirst().id(), 2));
  }

  @Test
  @Order(LAST)
  void takingItDown_leavesTableEvidenceAndRegistry() {
    Set<String> retained =
        cell.ids().filter(cell::isRetained).map(cell::type).collect(Collectors.toSet());
    assertEquals(RETAINED, retained);
    publishing.listenNoMore();
    assertEquals(StackStatus.DELETE_COMPLETE, cell.takeDown().stackStatus());
    String table = cell.only(TABLE);
    String bucket = cell.only(BUCKET);
    assertEquals(table, cloud.tables().describeTable(r -> r.tableName(table)).table().tableName());
    cloud.buckets().headBucket(r -> r.bucket(bucket));
    assertEquals(List.of(), new Leftovers(cloud).of(cell.name()));
    cloud.tables().deleteTable(r -> r.tableName(table));
    cloud.buckets().deleteBucket(r -> r.bucket(bucket));
  }
}
