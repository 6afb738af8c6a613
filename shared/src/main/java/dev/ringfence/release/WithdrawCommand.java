package dev.ringfence.release;

import dev.ringfence.release.json.Groups;
import java.util.List;
import java.util.Map;

/** Takes content back on machines that still live after a halt, without a restore. */
public record WithdrawCommand(SsmDocument document, Map<String, List<String>> parameters) {
  public WithdrawCommand {
    parameters = Groups.frozen(parameters);
  }
}
