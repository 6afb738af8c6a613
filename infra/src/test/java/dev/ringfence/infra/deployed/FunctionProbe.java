package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Tries whether a function can be created at all: it alone, in a stack of its own. */
final class FunctionProbe {
  private static final String CODE = "function-probe.zip";

  private final Deployment deployment;

  FunctionProbe(Deployment deployment) {
    this.deployment = deployment;
  }

  /** What CloudFormation says to it; empty when the function was created. */
  Optional<String> refusal() {
    deployment.upload(CODE, zip());
    Stack tried = deployment.create("probe" + Long.toHexString(System.nanoTime()), template());
    Optional<String> refusal =
        tried.stackStatus() == StackStatus.CREATE_COMPLETE
            ? Optional.empty()
            : Optional.of(String.join("\n", deployment.remarks(tried.stackId())));
    deployment.delete(tried.stackId());
    refusal.ifPresent(said -> {
      if (!said.contains(Absent.FUNCTION + ": " + Absent.WHY_NO_FUNCTION)) {
        throw new AssertionError("a function alone is not created, for another reason: " + said);
      }
    });
    return refusal;
  }

  private static ObjectNode template() {
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    ObjectNode function = template.putObject("Resources").putObject("Function");
    function.put("Type", Absent.FUNCTION);
    function
        .putObject("Properties")
        .put("Role", "arn:aws:iam::" + Cloud.ACCOUNT + ":role/any")
        .put("Runtime", "java25")
        .put("Handler", "any.Handler::handleRequest")
        .putObject("Code")
        .put("S3Bucket", Deployment.assets())
        .put("S3Key", CODE);
    return template;
  }

  private static byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("any"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
