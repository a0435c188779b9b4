package io.vitae.testing;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class during which an event loop was blocked: Vert.x itself notices, and logs
 * it.
 *
 * <p>JUnit registers it for all classes. The log of a packaged application that a test started is
 * read too.
 */
public final class EventLoopGuard implements BeforeAllCallback, AfterAllCallback {
  private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";
  private static final Path PACKAGED_LOG = Path.of("target", "quarkus.log");

  // Kept here: the log manager forgets a logger that nobody holds, and its handlers with it.
  private final Logger logger = Logger.getLogger(CHECKER);
  private final Recorder recorder = new Recorder();

  /** On a test class that blocks an event loop on purpose. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Exempt {}

  @Override
  public void beforeAll(ExtensionContext context) {
    watch();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    List<String> complaints = unwatch();
    if (!complaints.isEmpty()
        && !context.getRequiredTestClass().isAnnotationPresent(Exempt.class)) {
      throw new AssertionError("an event loop was blocked: " + complaints);
    }
    if (context.getRequiredTestClass().getSimpleName().endsWith("IT")
        && Files.exists(PACKAGED_LOG)) {
      check(Files.readString(PACKAGED_LOG, StandardCharsets.UTF_8));
    }
  }

  /** Starts to listen. */
  void watch() {
    recorder.complaints.clear();
    logger.addHandler(recorder);
  }

  /** What Vert.x has complained of since {@link #watch}. */
  List<String> complaints() {
    return List.copyOf(recorder.complaints);
  }

  /** Listens no longer, and returns the complaints. */
  List<String> unwatch() {
    logger.removeHandler(recorder);
    return complaints();
  }

  /**
   * Reads the log of another process.
   *
   * @throws AssertionError if it tells of a blocked event loop
   */
  static void check(String log) {
    List<String> complaints =
        log.lines().filter(line -> line.contains("BlockedThreadChecker")).toList();
    if (!complaints.isEmpty()) {
      throw new AssertionError("an event loop was blocked: " + complaints);
    }
  }

  private static final class Recorder extends Handler {
    final List<String> complaints = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      complaints.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
