package dev.ringfence.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What this Linux kernel says about who listens where. */
public final class ListeningSockets {
  /** TCP_LISTEN in the kernel's tables. */
  private static final String LISTEN = "0A";

  /** 127.0.0.1, as an IPv4 and as a mapped IPv6 address, in the kernel's byte order. */
  public static final Set<String> LOOPBACK = Set.of("0100007F", "0000000000000000FFFF00000100007F");

  private ListeningSockets() {}

  /** The addresses, in the kernel's hexadecimal, on which the port is being listened to. */
  public static Set<String> addressesOf(int port) throws IOException {
    Set<String> addresses = new TreeSet<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+", -1);
        String suffix = String.format(":%04X", port);
        if (LISTEN.equals(columns[3]) && columns[1].endsWith(suffix)) {
          addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
        }
      }
    }
    return addresses;
  }
}
