package dev.ringfence.functions.wiring;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.crac.Core;
import org.jspecify.annotations.Nullable;

/**
 * The one context of a function instance. It is made when Lambda makes the first handler, which is
 * the init phase; whoever gives handlers their collaborators never causes it.
 */
public final class Wiring {
  private static @Nullable ApplicationContext ofThisProcess;

  /** Kept here because the list of those who hear of snapshots does not keep its members. */
  private static @Nullable Priming priming;

  private Wiring() {}

  /**
   * A collaborator of a handler that runs in Lambda.
   *
   * @throws Settings.InvalidSettings when the environment is not as it should be
   */
  public static <T> T bean(Class<T> type) {
    T bean = ofThisProcess().getBean(type);
    if (priming != null) {
      priming.asked(type);
    }
    return bean;
  }

  /** Not a static initializer: that would wrap what is wrong with the settings in its own error. */
  private static synchronized ApplicationContext ofThisProcess() {
    ApplicationContext context = ofThisProcess;
    if (context == null) {
      context = start(System.getenv());
      priming = new Priming(System.getenv());
      Core.getGlobalContext().register(priming);
      ofThisProcess = context;
    }
    return context;
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
