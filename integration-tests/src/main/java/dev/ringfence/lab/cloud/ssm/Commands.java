package dev.ringfence.lab.cloud.ssm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every command that was sent, in the order of sending. */
final class Commands {
  private final Map<String, Command> byId = new LinkedHashMap<>();
  private final List<Command> inOrder = new ArrayList<>();

  void add(Command command) {
    byId.put(command.order.id(), command);
    inOrder.add(command);
  }

  List<Command> inOrder() {
    return Collections.unmodifiableList(inOrder);
  }

  Command require(@Nullable String id) {
    Command command = byId.get(id);
    if (command == null) {
      throw SsmFaults.of("InvalidCommandId", "There is no command " + id);
    }
    return command;
  }
}
