package io.vitae.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** The lines of all faults of a run, shown and written to {@code target/faults.md} at its end. */
public final class FaultTable implements TestExecutionListener {
  private static final Path FILE = Path.of("target", "faults.md");
  private static final String HEAD =
      """
      | fault | tried | acknowledged writes | lost | wrong answers | time to recover |
      |---|---|---|---|---|---|
      """;

  private static final List<String> LINES = new ArrayList<>();
  private static final List<String> NOTES = new ArrayList<>();

  static synchronized void add(String line) {
    LINES.add(line);
  }

  /** A sentence with figures, to stand below the table. */
  static synchronized void note(String sentence) {
    NOTES.add(sentence);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String table = table();
    if (table.isEmpty()) {
      return;
    }
    System.out.println("\n" + table);
    try {
      Files.writeString(FILE, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized String table() {
    String notes = NOTES.isEmpty() ? "" : "\n" + String.join("\n\n", NOTES) + "\n";
    return LINES.isEmpty() ? "" : HEAD + String.join("\n", LINES) + "\n" + notes;
  }
}
