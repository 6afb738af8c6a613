package dev.ringfence.lab.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What LocalStack is given in place of AWS's launcher. */
class DynamoProgramTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration STEP = Duration.ofMillis(200);

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads the kernel's table of sockets")
  void program_listensOnLoopbackAtTheGivenPort() throws IOException {
    int port = freePort();
    Process program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                DynamoProgram.class.getName(),
                "-port",
                String.valueOf(port),
                "-inMemory")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Set<String> addresses = ListeningSockets.addressesOf(port);
      for (Duration waited = Duration.ZERO;
          addresses.isEmpty() && waited.compareTo(PATIENCE) < 0;
          waited = waited.plus(STEP)) {
        LockSupport.parkNanos(STEP.toNanos());
        addresses = ListeningSockets.addressesOf(port);
      }
      assertEquals(1, addresses.size());
      assertTrue(ListeningSockets.LOOPBACK.containsAll(addresses), addresses::toString);
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void whatItCannotDo_isRefused() {
    for (String[] args :
        new String[][] {
          {}, {"-port"}, {"-port", "8000", "-sharedDb"}, {"-port", "8000", "-dbPath", "/"}
        }) {
      assertThrows(IllegalArgumentException.class, () -> DynamoProgram.main(args));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
