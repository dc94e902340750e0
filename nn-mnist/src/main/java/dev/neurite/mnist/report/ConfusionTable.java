package dev.neurite.mnist.report;

import java.util.List;

/**
 * A confusion matrix as a table, darker where there is more of its row.
 *
 * @param counts {@code [actual][predicted]}
 * @param names of the classes
 */
record ConfusionTable(int[][] counts, List<String> names) {
  private static final double MOST_WRONG = 0.02;

  ConfusionTable {
    names = List.copyOf(names);
  }

  String html() {
    StringBuilder html = new StringBuilder("<table class=\"confusion\"><thead><tr><th></th>");
    names.forEach(name -> html.append("<th>").append(Markup.escape(name)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (int actual = 0; actual < counts.length; actual++) {
      html.append("<tr><th>").append(Markup.escape(names.get(actual))).append("</th>");
      int all = 0;
      for (int count : counts[actual]) {
        all += count;
      }
      for (int predicted = 0; predicted < counts[actual].length; predicted++) {
        html.append(cell(actual, predicted, all));
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table>").toString();
  }

  private String cell(int actual, int predicted, int all) {
    int count = counts[actual][predicted];
    if (count == 0) {
      return "<td></td>";
    }
    boolean right = actual == predicted;
    double share = (double) count / all;
    double strength = right ? 0.3 * share : 0.12 + 0.6 * Math.min(1, share / MOST_WRONG);
    return Markup.format(
        "<td style=\"background:rgba(var(--%s),%.2f)\">%d</td>",
        right ? "heat" : "wrong", strength, count);
  }
}
