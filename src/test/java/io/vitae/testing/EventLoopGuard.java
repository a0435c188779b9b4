package io.vitae.testing;

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

  @Override
  public void beforeAll(ExtensionContext context) {
    recorder.complaints.clear();
    logger.addHandler(recorder);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    logger.removeHandler(recorder);
    if (!recorder.complaints.isEmpty()) {
      throw new AssertionError("an event loop was blocked: " + recorder.complaints);
    }
    if (context.getRequiredTestClass().getSimpleName().endsWith("IT")
        && Files.exists(PACKAGED_LOG)) {
      check(Files.readString(PACKAGED_LOG, StandardCharsets.UTF_8));
    }
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
