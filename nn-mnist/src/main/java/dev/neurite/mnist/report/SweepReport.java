package dev.neurite.mnist.report;

import dev.neurite.mnist.experiment.Spread;
import dev.neurite.mnist.sweep.Search;
import dev.neurite.mnist.sweep.SettingFigures;
import dev.neurite.mnist.sweep.SweepResult;
import dev.neurite.mnist.sweep.Trial;
import dev.neurite.mnist.sweep.TrialRecord;
import dev.neurite.mnist.sweep.ValueRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page and the table of a sweep.
 *
 * @param result what was trained
 * @param bestCommand what to type to train the best network again; empty if there is none
 * @param validationImages number of images that rank
 * @param testImages number of images that are reported only
 * @param context how it came about
 */
public record SweepReport(
    SweepResult result,
    String bestCommand,
    int validationImages,
    int testImages,
    RunContext context) {
  private static final int DOTS = 0;
  private static final int BEST_DOT = 2;

  /** Numbers that span a larger factor stand on a logarithmic axis. */
  private static final double LOGARITHMIC_FACTOR = 15;

  /** How far below the best, in distances of the middle one from it, a chart still shows. */
  private static final double SHOWN_DISTANCES = 4;

  /** One line for each finished trial, in the order of the ranking. */
  public String csv() {
    List<String> varied = result.spec().search().names();
    List<String> fixed = List.copyOf(result.spec().fixed().keySet());
    List<String> titles = new ArrayList<>(List.of("rank", "setting"));
    titles.addAll(varied);
    titles.addAll(fixed);
    titles.addAll(
        List.of(
            "seed",
            "outcome",
            "validationAccuracy",
            "validationLoss",
            "testAccuracy",
            "parameters",
            "completedEpochs",
            "seconds",
            "message"));
    CsvTable table = new CsvTable(titles);
    for (int i = 0; i < result.ranking().size(); i++) {
      SettingFigures figures = result.ranking().get(i);
      for (TrialRecord trial : figures.trials()) {
        List<String> row =
            new ArrayList<>(List.of(Integer.toString(i + 1), Integer.toString(figures.setting())));
        varied.forEach(name -> row.add(figures.settings().getOrDefault(name, "")));
        fixed.forEach(name -> row.add(figures.settings().getOrDefault(name, "")));
        row.add(Long.toString(trial.key().seed()));
        row.add(trial.outcome().name().toLowerCase(Locale.ROOT));
        row.add(figure(trial.validationAccuracy()));
        row.add(figure(trial.validationLoss()));
        row.add(figure(trial.testAccuracy()));
        row.add(Integer.toString(trial.parameters()));
        row.add(Integer.toString(trial.epochs()));
        row.add(figure(trial.seconds()));
        row.add(trial.message());
        table.add(row);
      }
    }
    return table.text();
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** The whole page. */
  public String html() {
    List<String> names = result.spec().search().names();
    String title = "Sweep of " + String.join(", ", names);
    Page page = new Page(title);
    page.add("<h1>%s</h1>", Markup.escape(title));
    page.add(
        "<p class=\"soft\">%,d of %,d trials, %d for each setting; ranked on %,d validation images,"
            + " tested on %,d images</p>",
        result.finished(), result.trials(), result.spec().seeds(), validationImages, testImages);
    context.warn(page);
    if (!result.isComplete()) {
      page.add(
          "<p class=\"verdict notice\">The sweep was stopped early: this page shows what was"
              + " finished.</p>");
    }
    if (result.failed() > 0) {
      page.add(
          "<p class=\"verdict notice\">Trials that diverged: %,d. Their settings stand last.</p>",
          result.failed());
    }
    page.add("<p class=\"verdict\">%s</p>", verdict());
    if (!bestCommand.isEmpty()) {
      page.add("<pre><code>%s</code></pre>", Markup.escape(bestCommand));
    }
    addCharts(page);
    addTable(page);
    addMethod(page);
    context.describe(
        page,
        Markup.format(
            "%d to %d", result.firstSeed(), result.firstSeed() + result.spec().seeds() - 1),
        result.seconds());
    return page.html();
  }

  private String verdict() {
    return result
        .best()
        .map(
            best ->
                Markup.format(
                    "Best on validation images: <b>%s</b> with %s %%; it gets %s %% of the test"
                        + " images right.",
                    Markup.escape(Trial.words(best.varied())),
                    percent(best.validation()),
                    percent(best.test())))
        .orElse("No setting got through without a failed trial, so none is the best.");
  }

  private static String percent(Spread spread) {
    return spread.count() < 2
        ? Markup.percent(spread.mean())
        : Markup.percent(spread.mean()) + " ± " + Markup.percent(spread.standardDeviation());
  }

  private void addTable(Page page) {
    List<String> names = result.spec().search().names();
    page.add("<h2>All settings</h2>");
    page.add("<div class=\"wide\"><table><thead><tr><th>rank</th>");
    names.forEach(name -> page.add("<th>%s</th>", Markup.escape(name)));
    page.add(
        "<th>validation<br/>accuracy, %</th><th>validation<br/>loss</th><th>test<br/>accuracy, %</th>"
            + "<th>trials</th><th>parameters</th><th>seconds<br/>of a trial</th></tr></thead>"
            + "<tbody>");
    for (int i = 0; i < result.ranking().size(); i++) {
      SettingFigures figures = result.ranking().get(i);
      page.add("<tr><td>%d</td>", i + 1);
      for (String name : names) {
        page.add("<td>%s</td>", Markup.escape(figures.settings().getOrDefault(name, "")));
      }
      page.add(
          "<td><b>%s</b></td><td>%s</td><td>%s</td><td>%s</td><td>%,d</td><td>%.1f</td></tr>",
          percent(figures.validation()),
          loss(figures.validationLoss().mean()),
          percent(figures.test()),
          trials(figures),
          figures.parameters(),
          figures.seconds());
    }
    page.add("</tbody></table></div>");
    page.add(
        "<p class=\"soft\">Ranked by mean validation accuracy, equal ones by mean validation loss;"
            + " settings with a trial that diverged come last. The test accuracy ranks nothing. ±: one"
            + " standard deviation over the seeds.</p>");
  }

  private static String loss(double value) {
    return Double.isFinite(value) ? Markup.format("%.4f", value) : "–";
  }

  private String trials(SettingFigures figures) {
    int done = figures.trials().size();
    String count =
        done == result.spec().seeds()
            ? Integer.toString(done)
            : Markup.format("%d of %d", done, result.spec().seeds());
    return figures.failed() == 0
        ? count
        : Markup.format("%s, %d diverged", count, figures.failed());
  }

  private void addCharts(Page page) {
    double[] means =
        result.ranking().stream()
            .mapToDouble(figures -> figures.validation().mean())
            .filter(Double::isFinite)
            .toArray();
    if (means.length == 0) {
      return;
    }
    double floor = floor(means);
    page.add("<h2>Each setting against validation accuracy</h2><div class=\"two\">");
    for (String name : result.spec().search().names()) {
      page.add(
          "<figure>%s<figcaption>Validation accuracy by %s.</figcaption></figure>",
          chart(name, floor), Markup.escape(name));
    }
    page.add("</div>");
    boolean lower =
        result.ranking().stream()
            .flatMap(figures -> figures.trials().stream())
            .anyMatch(trial -> trial.validationAccuracy() < floor);
    page.add(
        "<p class=\"soft\">Large dots: means over the seeds, small dots: trials; green: the best"
            + " setting.%s Trials that diverged are left out.</p>",
        lower
            ? Markup.format(" What is below %s %% stands at that height.", Markup.percent(floor))
            : "");
  }

  /** The least accuracy that is shown: bad settings must not press the good ones together. */
  private static double floor(double... means) {
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    double best = sorted[sorted.length - 1];
    double middle = sorted[(sorted.length - 1) / 2];
    return Math.max(sorted[0], best - SHOWN_DISTANCES * Math.max(best - middle, 1e-3));
  }

  private String chart(String name, double floor) {
    List<SettingFigures> shown =
        result.ranking().stream().filter(f -> f.validation().count() > 0).toList();
    List<String> words = values(name);
    boolean numeric = words.stream().allMatch(SweepReport::isNumber);
    Axis x = numeric ? numbers(name, words) : Axis.ofWords(name, words);
    Axis y =
        Axis.around(
            "validation accuracy, %",
            false,
            Axis::percent,
            shown.stream()
                .flatMap(f -> f.trials().stream())
                .mapToDouble(trial -> Math.max(floor, trial.validationAccuracy()))
                .toArray());
    Chart chart = new Chart(x, y, "Validation accuracy by " + name);
    // The best one last: nothing covers it.
    for (int i = shown.size() - 1; i >= 0; i--) {
      SettingFigures figures = shown.get(i);
      String value = figures.settings().getOrDefault(name, "");
      double at = numeric ? Double.parseDouble(value) : words.indexOf(value);
      int colour = result.best().filter(figures::equals).isPresent() ? BEST_DOT : DOTS;
      String what = Trial.words(figures.varied());
      if (figures.validation().count() > 1) {
        for (TrialRecord trial : figures.trials()) {
          if (!trial.failed()) {
            double accuracy = trial.validationAccuracy();
            chart.dot(
                colour,
                true,
                at,
                Math.max(floor, accuracy),
                Markup.format(
                    "%s, seed %d: %s %%", what, trial.key().seed(), Markup.percent(accuracy)));
          }
        }
      }
      double mean = figures.validation().mean();
      chart.dot(
          colour,
          false,
          at,
          Math.max(floor, mean),
          Markup.format("%s: %s %%", what, Markup.percent(mean)));
    }
    return chart.svg();
  }

  /** All values of a setting, in the order of the file where it has one. */
  private List<String> values(String name) {
    if (result.spec().search() instanceof Search.Draws draws
        && draws.ranges().get(name) instanceof ValueRange.Choices choices) {
      return choices.values();
    }
    Set<String> values = new LinkedHashSet<>();
    for (Trial trial : result.spec().trials(result.firstSeed())) {
      values.add(trial.settings().getOrDefault(name, ""));
    }
    return List.copyOf(values);
  }

  private static boolean isNumber(String word) {
    return word.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  }

  private static Axis numbers(String name, List<String> words) {
    double[] values = words.stream().mapToDouble(Double::parseDouble).sorted().toArray();
    boolean logarithmic =
        values[0] > 0 && values[values.length - 1] / values[0] > LOGARITHMIC_FACTOR;
    return Axis.around(name, logarithmic, SweepReport::number, values);
  }

  /** A number on an axis, without the noise of its last digits. */
  private static String number(double value) {
    String text = Markup.format("%.3g", value);
    double rounded = Double.parseDouble(text);
    double size = Math.abs(rounded);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return Markup.format("%.0e", rounded).replace("e-0", "e-").replace("e+0", "e");
    }
    return rounded == Math.rint(rounded)
        ? Markup.format("%.0f", rounded)
        : Double.toString(rounded);
  }

  private void addMethod(Page page) {
    page.add("<h2>How it was done</h2>");
    String fixed = Trial.words(result.spec().fixed());
    String how =
        result.spec().search() instanceof Search.Draws draws
            ? Markup.format("%,d settings drawn at random, seed %d", draws.trials(), draws.seed())
            : Markup.format("all %,d combinations", result.trials() / result.spec().seeds());
    page.add(
        "<p>%s: <b>%s</b>. Fixed: %s. Every trial trained on one thread, %d at once; all other options"
            + " are those of <code>nn train</code> when it is given none.</p>",
        Markup.escape(Character.toUpperCase(how.charAt(0)) + how.substring(1)),
        result.spec().search().names().stream()
            .map(Markup::escape)
            .collect(Collectors.joining(", ")),
        fixed.isEmpty() ? "nothing" : "<b>" + Markup.escape(fixed) + "</b>",
        context.threads());
  }
}
