package dev.ringfence.lab.store;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory, on 127.0.0.1 and nowhere else.
 *
 * <p>Its own launchers are not used: they bind every interface and switch usage reports to AWS on.
 * Here only its request handler runs, behind a Jetty of ours, and nothing is reported.
 */
public final class LocalDynamo implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /** Any free port. */
  private static final int ANY_PORT = 0;

  /** What the engine believes its port to be; it says so nowhere that matters. */
  private static final int PORT_UNSAID = 0;

  private static final boolean IN_MEMORY = true;
  private static final @Nullable String NO_FILE = null;

  /** One set of tables whatever key and region a client signs with. */
  private static final boolean SHARED = true;

  /** A set of tables for each key and region, as accounts and Regions are to AWS. */
  private static final boolean APART = false;

  /** Deletes and index builds end at once instead of after a random while. */
  private static final boolean NO_TRANSIENT_STATES = false;

  private static final @Nullable String NO_CORS = null;

  /** Jetty's minimum is an acceptor, a selector and a worker; the lab calls one at a time. */
  private static final int THREADS = 8;

  /** Jetty tells at INFO what it starts; only trouble is of interest. */
  private static final String JETTY_LOG = "org.slf4j.simpleLogger.log.org.eclipse.jetty";

  private final Server server;
  private final LocalDynamoDBRequestHandler engine;

  private LocalDynamo(Server server, LocalDynamoDBRequestHandler engine) {
    this.server = server;
    this.engine = engine;
  }

  /**
   * Starts an empty DynamoDB.
   *
   * @throws IOException when it cannot listen
   */
  public static LocalDynamo start() throws IOException {
    return start(ANY_PORT, SHARED);
  }

  /**
   * Starts an empty DynamoDB at a port, with tables of its own for each key and region that sign.
   *
   * @throws IOException when it cannot listen
   */
  static LocalDynamo at(int port) throws IOException {
    return start(port, APART);
  }

  private static LocalDynamo start(int port, boolean shared) throws IOException {
    System.setProperty(JETTY_LOG, System.getProperty(JETTY_LOG, "warn"));
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    server.addConnector(connector);
    try {
      LocalDynamoDBRequestHandler engine =
          new LocalDynamoDBRequestHandler(
              PORT_UNSAID, IN_MEMORY, NO_FILE, shared, NO_TRANSIENT_STATES);
      server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(engine, NO_CORS), "/"));
      server.start();
      return new LocalDynamo(server, engine);
    } catch (DynamoDBLocalServiceException refused) {
      throw new IOException("DynamoDB Local did not start", refused);
    } catch (IOException taken) {
      throw taken;
    } catch (Exception refused) {
      throw new IOException("Jetty did not start", refused);
    }
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
  }

  /** Stops listening and forgets all tables. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception unstoppable) {
      throw new IllegalStateException("DynamoDB Local did not stop", unstoppable);
    } finally {
      engine.shutdown();
    }
  }
}
