package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;

/**
 * What things are called in the account, all from the cell's name.
 *
 * <p>Clock and beat functions need each other's ARNs (the functions start restores' clocks, and the
 * clock starts itself anew), which CloudFormation calls a circular dependency when both are
 * references. So their names follow from the cell's, and ARNs are put together from names.
 */
record Names(String cell, Stack stack) {
  /**
   * Everybody calls a function by this alias. It points at the newest published version, and only
   * published versions have a snapshot to start from.
   */
  static final String ALIAS = "live";

  String of(String title) {
    return cell + "-" + title;
  }

  String of(CellFunction function) {
    return of(function.title());
  }

  /**
   * The cell's name where an account has it once for all Regions: the cell of another Region may be
   * called the same.
   */
  String ofRegion() {
    return cell + "-" + stack.getRegion();
  }

  String ofRegion(String title) {
    return of(title) + "-" + stack.getRegion();
  }

  String clock() {
    return of("clock");
  }

  String clockArn() {
    return arn("states", "stateMachine", clock());
  }

  /** The function without its alias, as the console's Test tab invokes it. */
  String functionArn(CellFunction function) {
    return arn("lambda", "function", of(function));
  }

  /** The function as it is invoked: by its alias. */
  String aliasArn(CellFunction function) {
    return arn("lambda", "function", of(function) + ":" + ALIAS);
  }

  String logGroup(CellFunction function) {
    return "/aws/lambda/" + of(function);
  }

  /** An ARN whose resource and name have a colon between them. */
  String arn(String service, String resource, String name) {
    return arn(service, resource, name, ArnFormat.COLON_RESOURCE_NAME);
  }

  /** An ARN whose resource and name have a slash between them. */
  String arnWithSlash(String service, String resource, String name) {
    return arn(service, resource, name, ArnFormat.SLASH_RESOURCE_NAME);
  }

  /** A role belongs to no Region. */
  String roleArn(String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("iam")
            .region("")
            .resource("role")
            .resourceName(name)
            .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
            .build());
  }

  /** An ARN of something that belongs to a Region and to no account, such as a snapshot. */
  String arnOfNoAccount(String service, String resource, String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service(service)
            .account("")
            .resource(resource)
            .resourceName(name)
            .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
            .build());
  }

  private String arn(String service, String resource, String name, ArnFormat format) {
    return stack.formatArn(
        ArnComponents.builder()
            .service(service)
            .resource(resource)
            .resourceName(name)
            .arnFormat(format)
            .build());
  }
}
