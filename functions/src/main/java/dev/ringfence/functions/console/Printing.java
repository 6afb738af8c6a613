package dev.ringfence.functions.console;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;

/** Answers are read by people, in a narrow pane: one member a line. */
final class Printing {
  private static final ObjectWriter PRINTER = new JsonMapper().writerWithDefaultPrettyPrinter();

  private Printing() {}

  static void print(ObjectNode answer, OutputStream out) throws IOException {
    PRINTER.writeValue(out, answer);
  }
}
