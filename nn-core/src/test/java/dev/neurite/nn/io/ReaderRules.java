package dev.neurite.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What holds for every reader and every file: right or refused in words, cheaply, at once. */
final class ReaderRules {
  /** What reading a file may take beyond four times its size: trees of JSON, buffers. */
  private static final long READER_BYTES = 4 << 20;

  private static final long MAX_NANOSECONDS = 2_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is read. */
  @FunctionalInterface
  interface Reading {
    void read(Path file) throws IOException;
  }

  private ReaderRules() {}

  /**
   * Reads a file and checks the rules.
   *
   * @param what names the case in failures
   * @param size of the file and all that belongs to it
   */
  static boolean isRefused(String what, Path file, long size, Reading reading) {
    @Nullable ModelFormatException refused = null;
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    long begun = THREADS.getCurrentThreadCpuTime();
    try {
      reading.read(file);
    } catch (ModelFormatException e) {
      refused = e;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(what + " gives " + e, e);
    }
    // Measured before the first assertion, whose classes would count.
    long nanoseconds = THREADS.getCurrentThreadCpuTime() - begun;
    long taken = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    if (refused != null) {
      assertThat(refused.file()).as(what).isEqualTo(file.toString());
      assertThat(refused.offset()).as(what).isBetween(0L, size);
      assertThat(refused.getMessage()).as(what).startsWith(file + ": ");
    }
    assertThat(taken).as("bytes taken, %s", what).isLessThan(4 * size + READER_BYTES);
    assertThat(nanoseconds).as("nanoseconds taken, %s", what).isLessThan(MAX_NANOSECONDS);
    return refused != null;
  }

  /** Reads once, so that classes which are loaded for all files do not count. */
  static void warmUp(Path file, Reading reading) throws IOException {
    try {
      reading.read(file);
    } catch (ModelFormatException e) {
      // It will be refused again.
    }
  }
}
