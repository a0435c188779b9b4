package io.vitae.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** CPU time and memory of processes, as Linux tells them in {@code /proc}. */
final class CpuClock {
  /** {@code USER_HZ}: 100 on every architecture that Linux runs a JVM on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private CpuClock() {}

  /** CPU seconds of a process, all its threads together. */
  static double of(long pid) {
    Ticks ticks = Ticks.read(pid);
    return ticks.own / TICKS_PER_SECOND;
  }

  /** CPU seconds of a process and of all its children, those that have ended included. */
  static double ofFamily(long pid) {
    long ticks = Ticks.read(pid).own + Ticks.read(pid).endedChildren;
    for (ProcessHandle child : ProcessHandle.of(pid).orElseThrow().children().toList()) {
      ticks += Ticks.read(child.pid()).own;
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** CPU seconds of all children of this JVM that have ended. */
  static double ofEndedChildren() {
    return Ticks.read(ProcessHandle.current().pid()).endedChildren / TICKS_PER_SECOND;
  }

  /**
   * A line of {@code /proc/<pid>/status} in MB.
   *
   * @param name {@code VmRSS}: resident now; {@code VmHWM}: the most ever
   */
  static double megabytes(long pid, String name) {
    return read(pid, "status")
            .lines()
            .filter(line -> line.startsWith(name + ":"))
            .mapToLong(line -> Long.parseLong(SPACE.split(line, -1)[1]))
            .findFirst()
            .orElse(0)
        / 1024.0;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      return "";
    }
  }

  private record Ticks(long own, long endedChildren) {
    /** Nothing for a process that is gone: its parent has counted it by then. */
    static Ticks read(long pid) {
      String stat = CpuClock.read(pid, "stat");
      if (stat.isEmpty()) {
        return new Ticks(0, 0);
      }
      // The name in parentheses may have spaces in it; the state follows it as the third field.
      String[] fields = SPACE.split(stat.substring(stat.lastIndexOf(')') + 2), -1);
      return new Ticks(
          Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
          Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }
  }
}
