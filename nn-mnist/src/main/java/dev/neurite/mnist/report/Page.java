package dev.neurite.mnist.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The frame of every page: head, style, title. */
final class Page {
  private final StringBuilder body = new StringBuilder();
  private final String title;

  Page(String title) {
    this.title = title;
  }

  /** Adds markup. */
  Page add(String frame, Object... values) {
    body.append(values.length == 0 ? frame : Markup.format(frame, values)).append('\n');
    return this;
  }

  /** The whole page. */
  String html() {
    return """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(Markup.escape(title), style(), body);
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file page.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
