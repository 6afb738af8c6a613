package dev.ringfence.layering;

import java.util.List;

/**
 * The map of the product. Data flows down the list: a room may use rooms above it and none below.
 * Before a line is added here, ask whether the class is in the right room.
 */
final class Rooms {
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String AWS = "software.amazon.awssdk..";
  private static final String DYNAMO = "software.amazon.awssdk.services.dynamodb..";
  private static final String DYNAMO_ENHANCED = "software.amazon.awssdk.enhanced.dynamodb..";
  private static final String SDK_CORE = "software.amazon.awssdk.core..";
  private static final String LOG = "org.slf4j..";
  private static final String LAMBDA = "com.amazonaws.services.lambda.runtime..";
  private static final String MICRONAUT = "io.micronaut..";
  private static final String INJECT = "jakarta.inject..";
  private static final String CRAC = "org.crac..";

  /** No AWS, no framework, no logger and no Lambda in any of these. */
  static final List<Room> SHARED =
      List.of(
          Room.pure("contract"),
          Room.pure("release.json").with(JACKSON),
          Room.pure("release", "contract", "release.json").with(JACKSON, "org.erdtman.jcs.."),
          Room.pure("fleet"),
          Room.pure("policy", "fleet", "release", "release.json").with(JACKSON),
          Room.pure("health", "release"),
          Room.pure("operation", "fleet", "health", "policy", "release"),
          Room.pure("swap", "operation"),
          Room.pure("rollout", "contract", "fleet", "health", "operation", "policy", "release"),
          Room.pure(
              "restore", "contract", "fleet", "health", "operation", "policy", "release", "swap"),
          Room.pure(
              "drill",
              "contract",
              "fleet",
              "health",
              "operation",
              "policy",
              "release",
              "release.json",
              "swap"),
          Room.pure("notice", "contract", "drill", "operation", "release", "restore", "rollout"),
          Room.pure(
              "engine",
              "contract",
              "drill",
              "operation",
              "policy",
              "release",
              "release.json",
              "restore",
              "rollout"),
          Room.pure(
                  "control",
                  "contract",
                  "drill",
                  "engine",
                  "fleet",
                  "health",
                  "operation",
                  "policy",
                  "release",
                  "release.json",
                  "restore",
                  "rollout")
              .with(JACKSON),
          Room.pure(
                  "widget",
                  "control",
                  "drill",
                  "engine",
                  "operation",
                  "policy",
                  "release.json",
                  "restore",
                  "rollout")
              .with(JACKSON));

  /**
   * Adapters know the ports and the nouns, and no state machine; what Lambda calls knows the
   * engine, and no adapter. Only wiring knows both.
   */
  static final List<Room> FUNCTIONS =
      List.of(
          Room.pure(
                  "functions.aws",
                  "contract",
                  "engine",
                  "fleet",
                  "health",
                  "notice",
                  "operation",
                  "release")
              .with(AWS, LOG, JACKSON),
          Room.pure(
                  "functions.record",
                  "contract",
                  "engine",
                  "operation",
                  "policy",
                  "release",
                  "release.json")
              .with(DYNAMO, DYNAMO_ENHANCED, SDK_CORE, JACKSON, LOG),
          Room.pure("functions.metrics", "contract").with(JACKSON),
          Room.pure(
                  "functions.wiring",
                  "contract",
                  "control",
                  "drill",
                  "engine",
                  "functions.aws",
                  "functions.metrics",
                  "functions.record",
                  "notice",
                  "operation",
                  "policy",
                  "release",
                  "restore",
                  "rollout",
                  "widget")
              .with(MICRONAUT, INJECT, AWS, CRAC, JACKSON),
          Room.pure(
                  "functions.intake",
                  "contract",
                  "engine",
                  "functions.metrics",
                  "functions.wiring",
                  "release.json")
              .with(LAMBDA, JACKSON, LOG),
          Room.pure(
                  "functions.beat",
                  "contract",
                  "drill",
                  "engine",
                  "functions.metrics",
                  "functions.wiring",
                  "operation",
                  "release.json",
                  "restore",
                  "rollout")
              .with(LAMBDA, JACKSON, LOG),
          Room.pure("functions.widget", "functions.wiring", "widget").with(LAMBDA, JACKSON),
          Room.pure("functions.console", "control", "functions.wiring").with(LAMBDA, JACKSON, LOG),
          Room.pure(
                  "functions.notice",
                  "drill",
                  "functions.record",
                  "functions.wiring",
                  "notice",
                  "operation",
                  "restore",
                  "rollout")
              .with(LAMBDA, JACKSON, LOG));

  private Rooms() {}
}
