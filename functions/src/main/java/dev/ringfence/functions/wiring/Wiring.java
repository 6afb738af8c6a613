package dev.ringfence.functions.wiring;

import io.micronaut.context.ApplicationContext;
import java.util.Map;

/**
 * The one context of a function instance. It is made when Lambda makes the first handler, which is
 * the init phase; whoever gives handlers their collaborators never causes it.
 */
public final class Wiring {
  private Wiring() {}

  /** A holder, so that the context waits until somebody asks for a bean. */
  private static final class OfThisProcess {
    private static final ApplicationContext CONTEXT = start(System.getenv());
  }

  /**
   * A collaborator of a handler that runs in Lambda.
   *
   * @throws Settings.InvalidSettings when the environment is not as it should be
   */
  public static <T> T bean(Class<T> type) {
    return OfThisProcess.CONTEXT.getBean(type);
  }

  /** Beans are made when they are first asked for, so a function only pays for its own. */
  static ApplicationContext start(Map<String, String> environment, Object... replacements) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .defaultEnvironments("function")
        .banner(false)
        .environmentPropertySource(false)
        .singletons(Settings.of(environment))
        .singletons(replacements)
        .start();
  }
}
