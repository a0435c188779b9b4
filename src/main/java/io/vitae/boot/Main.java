package io.vitae.boot;

import io.quarkus.runtime.LaunchMode;
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

  /**
   * Starts the service and runs until it is told to stop, or migrates the schema and ends.
   *
   * @param arguments none, or {@code migrate}
   * @throws IllegalArgumentException if they are others: a misspelt command must not serve
   */
  public static void main(String... arguments) {
    // The front door checks addresses itself, to refuse a malformed one as the contract says.
    System.setProperty("vertx.disableURIValidation", "true");
    if (Migration.isAskedFor(arguments)) {
      Migration.configure();
      Quarkus.run(Migration.class, arguments);
    } else if (arguments.length == 0) {
      Quarkus.run(Main.class, arguments);
    } else {
      throw new IllegalArgumentException("Expected no argument, or: migrate");
    }
  }

  @Override
  public int run(String... arguments) {
    // Not before: the demo key would be refused, and the refusal remembered for five seconds.
    bootstrap.whenDone(demo::introduce);
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      StopSignal.install();
    }
    Quarkus.waitForExit();
    return 0;
  }
}
