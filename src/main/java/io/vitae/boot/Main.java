package io.vitae.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.health.Startup;

/** Where the process starts. Once everything is up, a developer is told what to try. */
@QuarkusMain
public final class Main implements QuarkusApplication {
  private final Bootstrap bootstrap;
  private final DemoWorkspace demo;

  Main(@Startup Bootstrap bootstrap, DemoWorkspace demo) {
    this.bootstrap = bootstrap;
    this.demo = demo;
  }

  /** Starts the service and runs until it is told to stop. */
  public static void main(String... arguments) {
    // The front door checks addresses itself, to refuse a malformed one as the contract says.
    System.setProperty("vertx.disableURIValidation", "true");
    Quarkus.run(Main.class, arguments);
  }

  @Override
  public int run(String... arguments) {
    // Not before: the demo key would be refused, and the refusal remembered for five seconds.
    bootstrap.whenDone(demo::introduce);
    Quarkus.waitForExit();
    return 0;
  }
}
