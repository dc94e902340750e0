package dev.neurite.mnist.cli;

import dev.neurite.mnist.source.DownloadListener;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows a download: a bar for each file on a terminal, a line for each file elsewhere. */
final class DownloadProgress implements DownloadListener, AutoCloseable {
  private static final long KILOBYTE = 1024;

  private final PrintStream out;
  private final boolean interactive = Terminal.isInteractive();
  private String current = "";
  private @Nullable ProgressBar bar;

  DownloadProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void progress(String file, long bytesDone, long bytesTotal) {
    if (!file.equals(current)) {
      close();
      current = file;
      if (interactive) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(file)
                .setInitialMax(bytesTotal / KILOBYTE)
                .setUnit(" KB", 1)
                .build();
      } else {
        out.printf("Downloading %s (%,d KB)%n", file, bytesTotal / KILOBYTE);
      }
    }
    if (bar != null) {
      bar.stepTo(bytesDone / KILOBYTE);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
