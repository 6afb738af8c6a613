package dev.ringfence.infra;

import software.amazon.awscdk.App;

/** Synthesizes the stack; {@code cdk} runs it, and no account is looked at on the way. */
public final class InfraApp {
  private InfraApp() {}

  public static void main(String[] args) {
    App app = new App();
    new RingfenceStack(app, "Ringfence");
    app.synth();
  }
}
