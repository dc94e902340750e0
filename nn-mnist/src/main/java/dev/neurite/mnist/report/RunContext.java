package dev.neurite.mnist.report;

import java.util.List;

/**
 * Under which circumstances figures came about.
 *
 * @param command what to type to get them again
 * @param data name of the data
 * @param synthetic whether the data are digits made by the program
 * @param classNames what the classes are called
 * @param kernel name of the arithmetic
 * @param threads number of threads
 * @param seed the first seed
 * @param producer the program and its version
 * @param createdAt when, as an ISO 8601 instant
 * @param machine processor, system and Java
 */
public record RunContext(
    String command,
    String data,
    boolean synthetic,
    List<String> classNames,
    String kernel,
    int threads,
    long seed,
    String producer,
    String createdAt,
    String machine) {
  /** Keeps the names as they are now. */
  public RunContext {
    classNames = List.copyOf(classNames);
  }

  /** Adds what is to be known beside the figures to a page. */
  void describe(Page page, String seeds, double seconds) {
    page.add("<h2>Run it again</h2>");
    page.add("<pre><code>%s</code></pre>", Markup.escape(command));
    page.add("<div class=\"wide\"><table><tbody>");
    String[][] rows = {
      {"Data", synthetic ? "synthetic digits, made by this program (not MNIST)" : data},
      {"Seeds", seeds},
      {"Kernel, threads", Markup.format("%s, %d", kernel, threads)},
      {"Machine", machine},
      {"Program", producer},
      {"Made", Markup.format("%s, %.0f s of computing", createdAt, seconds)}
    };
    for (String[] row : rows) {
      page.add(
          "<tr><th>%s</th><td class=\"words\">%s</td></tr>",
          Markup.escape(row[0]), Markup.escape(row[1]));
    }
    page.add("</tbody></table></div>");
    if (synthetic) {
      return;
    }
    page.add(
        "<p class=\"soft\">The same seeds, kernel and data give the same networks to the bit, for"
            + " any number of threads; times differ.</p>");
  }

  /** Adds a notice if the data are not what one might think. */
  void warn(Page page) {
    if (synthetic) {
      page.add(
          "<p class=\"verdict notice\">These are <b>synthetic digits</b>, made by this program, not"
              + " MNIST: the figures cannot be compared with published ones.</p>");
    }
  }
}
