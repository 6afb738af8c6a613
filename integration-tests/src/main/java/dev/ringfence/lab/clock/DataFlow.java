package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How data enters and leaves a state. An empty path is one that was written as null: nothing goes
 * in, nothing of the result is kept, nothing comes out.
 */
record DataFlow(
    Optional<ReferencePath> inputPath,
    Optional<Template> parameters,
    Optional<Template> resultSelector,
    Optional<ReferencePath> resultPath,
    Optional<ReferencePath> outputPath) {

  JsonNode input(JsonNode raw, JsonNode context) {
    return inputPath
        .map(path -> path.read(raw, context, AslError.RUNTIME))
        .orElseGet(ReferencePath::emptyObject);
  }

  JsonNode effectiveInput(JsonNode raw, JsonNode context) {
    JsonNode input = input(raw, context);
    return parameters.map(template -> template.fill(input, context)).orElse(input);
  }

  JsonNode output(JsonNode raw, JsonNode result, JsonNode context) {
    JsonNode selected =
        resultSelector.map(template -> template.fill(result, context)).orElse(result);
    JsonNode merged = resultPath.map(path -> path.insert(raw, selected)).orElse(raw);
    return outputPath
        .map(path -> path.read(merged, context, AslError.RUNTIME))
        .orElseGet(ReferencePath::emptyObject);
  }
}
