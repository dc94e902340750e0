package dev.neurite.explorer.app;

import dev.neurite.explorer.ui.Theme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Whether the desktop is set to a dark look, where it can be asked. */
final class SystemTheme {
  private static final long LONGEST_MILLISECONDS = 400;

  private SystemTheme() {}

  /**
   * The theme of the desktop, light if it does not say; asks a program, so not on the event thread.
   */
  static Theme find() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return darkIf(answer("defaults", "read", "-g", "AppleInterfaceStyle").contains("dark"));
    }
    if (system.startsWith("windows")) {
      String key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";
      return darkIf(answer("reg", "query", key, "/v", "AppsUseLightTheme").contains("0x0"));
    }
    String scheme = answer("gsettings", "get", "org.gnome.desktop.interface", "color-scheme");
    return darkIf(scheme.contains("dark"));
  }

  private static Theme darkIf(boolean dark) {
    return dark ? Theme.DARK : Theme.LIGHT;
  }

  /** What a program prints, in lower case; empty if it is not there, fails or takes too long. */
  private static String answer(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) { // no such program: the desktop cannot be asked
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
