package dev.neurite.explorer.app;

import dev.neurite.mnist.cli.Main;
import java.awt.AWTEvent;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.awt.event.PaintEvent;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs {@code explore} as the launcher does and prints the time from the start of the process until
 * the window is painted and answers, and the resident memory once MNIST is loaded; then ends. The
 * start is given as {@code -Dneurite.probe.begun=$(date +%s%3N)}: what Java knows of its own start
 * is rounded to seconds.
 */
public final class StartProbe {
  private static final long SETTLE_MILLISECONDS = 4000;

  private StartProbe() {}

  /** The arguments go to {@code explore}. */
  public static void main(String[] args) {
    AtomicBoolean opened = new AtomicBoolean();
    Thread watcher =
        new Thread(
            () ->
                Toolkit.getDefaultToolkit()
                    .addAWTEventListener(
                        event -> {
                          if (event.getID() == WindowEvent.WINDOW_OPENED
                              && opened.compareAndSet(false, true)) {
                            EventQueue.invokeLater(() -> EventQueue.invokeLater(StartProbe::ready));
                          }
                        },
                        AWTEvent.WINDOW_EVENT_MASK | PaintEvent.PAINT_FIRST));
    watcher.start();
    System.exit(Main.run("explore"));
  }

  private static void ready() {
    long begun = Long.getLong("neurite.probe.begun", System.currentTimeMillis());
    System.out.printf("usable after %d ms%n", System.currentTimeMillis() - begun);
    Thread later =
        new Thread(
            () -> {
              try {
                Thread.sleep(SETTLE_MILLISECONDS);
                System.out.println(memory());
                Thread.sleep(100);
              } catch (InterruptedException | IOException e) {
                System.out.println(e);
              }
              System.exit(0);
            });
    later.start();
  }

  /** What the system counts as resident, in MiB. */
  static String memory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return "resident: "
            + Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024
            + " MiB, heap in use: "
            + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / (1 << 20)
            + " of "
            + Runtime.getRuntime().totalMemory() / (1 << 20)
            + " MiB";
      }
    }
    return "unknown";
  }
}
