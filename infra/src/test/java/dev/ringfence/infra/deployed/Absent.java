package dev.ringfence.infra.deployed;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of the template LocalStack 4.14 does not make: this is only on real AWS. The table is kept
 * true: a row whose subject is there after all fails a test, as does what is not there and has no
 * row.
 */
final class Absent {
  static final String FUNCTION = "AWS::Lambda::Function";
  static final String ALIAS = "AWS::Lambda::Alias";
  static final String VERSION = "AWS::Lambda::Version";
  static final String MAPPING = "AWS::Lambda::EventSourceMapping";
  static final String PERMISSION = "AWS::Lambda::Permission";

  /**
   * How CloudFormation begins there to say why, in LocalStack's own words. What follows is the
   * first thing that it has not: "Installation of lambda-runtime v0.1.41-pre failed." where it
   * cannot fetch what would run in the container.
   */
  static final String WHY_NO_FUNCTION = "Error while creating lambda: ";

  /**
   * The statements of a bus's policy that it keeps: each replaces the one before, as PutPermission
   * does with a whole policy.
   */
  static final int STATEMENTS_KEPT = 1;

  /** Why something is not there. */
  enum Why {
    /** These are cut out before the stack is created, unless functions can be created there. */
    NO_ENGINE("a function is started in a container, and there is no engine for that"),
    ONLY_NOTED("CloudFormation takes note of the type, and makes nothing"),
    NOT_PASSED_ON("CloudFormation does not pass it on to the service");

    private final String sentence;

    Why(String sentence) {
      this.sentence = sentence;
    }
  }

  /**
   * One thing that is not there.
   *
   * @param property one of the type's; empty for the whole resource
   */
  record Row(String type, String property, Why why) {
    @Override
    public String toString() {
      return (property.isEmpty() ? type : type + "." + property) + ": " + why.sentence;
    }
  }

  static final List<Row> TABLE =
      List.of(
          whole(FUNCTION, Why.NO_ENGINE),
          whole(VERSION, Why.NO_ENGINE),
          whole(ALIAS, Why.NO_ENGINE),
          whole(MAPPING, Why.NO_ENGINE),
          whole(PERMISSION, Why.NO_ENGINE),
          whole("AWS::CloudWatch::Dashboard", Why.ONLY_NOTED),
          whole("AWS::EventSchemas::Registry", Why.ONLY_NOTED),
          whole("AWS::EventSchemas::Schema", Why.ONLY_NOTED),
          whole("Custom::RingfencePolicy", Why.ONLY_NOTED),
          lost("AWS::DynamoDB::Table", "DeletionProtectionEnabled"),
          lost("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification"),
          lost("AWS::Events::EventBus", "Description"),
          lost("AWS::IAM::ManagedPolicy", "Description"),
          lost(FUNCTION, "ReservedConcurrentExecutions"),
          lost(FUNCTION, "SnapStart"),
          // A bucket's ownership is not either, but a new bucket has what the template asks for.
          lost("AWS::S3::Bucket", "LifecycleConfiguration"),
          lost("AWS::StepFunctions::StateMachine", "TracingConfiguration"));

  private Absent() {}

  private static Row whole(String type, Why why) {
    return new Row(type, "", why);
  }

  private static Row lost(String type, String property) {
    return new Row(type, property, Why.NOT_PASSED_ON);
  }

  /** The types of which nothing is made, for a reason. */
  static Set<String> types(Why why) {
    return rows(why).map(Row::type).collect(Collectors.toSet());
  }

  /** The properties that a type loses. */
  static Set<String> lostOf(String type) {
    return rows(Why.NOT_PASSED_ON)
        .filter(row -> row.type().equals(type))
        .map(Row::property)
        .collect(Collectors.toSet());
  }

  private static Stream<Row> rows(Why why) {
    return TABLE.stream().filter(row -> row.why() == why);
  }

  /** What CloudFormation says there of a type that it only takes note of. */
  static String noteOf(String type) {
    return "Resource type " + type + " is not supported but was deployed as a fallback";
  }
}
