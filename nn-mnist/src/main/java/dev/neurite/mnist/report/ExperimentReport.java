package dev.neurite.mnist.report;

import dev.neurite.mnist.experiment.Contender;
import dev.neurite.mnist.experiment.ExperimentResult;
import dev.neurite.mnist.experiment.ExperimentSpec;
import dev.neurite.mnist.experiment.Mistake;
import dev.neurite.mnist.experiment.NetworkFigures;
import dev.neurite.mnist.experiment.PredictionTime;
import dev.neurite.mnist.experiment.Spread;
import dev.neurite.mnist.experiment.TrainedNetwork;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.train.EpochRecord;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The page of an experiment.
 *
 * @param result what was trained
 * @param figures of each network that has a finished run
 * @param mistakes of the best network
 * @param mistaken whose mistakes they are
 * @param test the test images
 * @param context how it came about
 */
public record ExperimentReport(
    ExperimentResult result,
    List<NetworkFigures> figures,
    List<Mistake> mistakes,
    Contender mistaken,
    Dataset test,
    RunContext context) {
  private static final double CURVE_SHARE = 0.75;

  /** Keeps the lists as they are now. */
  public ExperimentReport {
    figures = List.copyOf(figures);
    mistakes = List.copyOf(mistakes);
  }

  /** The whole page. */
  public String html() {
    Page page = new Page("Simple, Wide and pruned Wide");
    page.add("<h1>Simple, Wide and pruned Wide</h1>");
    page.add(
        "<p class=\"soft\">%d of %d networks, %d seeds, tested on %,d images</p>",
        result.networks().size(),
        result.spec().seeds() * Contender.values().length,
        result.spec().seeds(),
        test.size());
    context.warn(page);
    if (!result.isComplete()) {
      page.add(
          "<p class=\"verdict notice\">The experiment was stopped early: this page shows what was"
              + " finished.</p>");
    }
    page.add("<p class=\"verdict\">%s</p>", verdict());
    addTable(page);
    page.add("<h2>Accuracy</h2><div class=\"two\">");
    page.add(
        "<figure>%s<figcaption>Test accuracy against the parameters that are not zero. Large dots:"
            + " means, bars: one standard deviation, small dots: seeds.</figcaption></figure>",
        parametersChart());
    page.add(
        "<figure>%s<figcaption>Validation accuracy after each epoch: thick lines are means over the"
            + " seeds. Pruned Wide goes on where Wide ends; Simple learns as long as both.</figcaption>"
            + "</figure></div>",
        curves());
    addCosts(page);
    addConfusions(page);
    addMistakes(page);
    addMethod(page);
    context.describe(
        page,
        Markup.format(
            "%d to %d",
            result.spec().firstSeed(), result.spec().firstSeed() + result.spec().seeds() - 1),
        result.seconds());
    return page.html();
  }

  private String verdict() {
    Spread advantage = result.advantage(Contender.PRUNED, Contender.SIMPLE);
    if (advantage.count() == 0) {
      return "No network was pruned yet, so there is nothing to compare with Simple.";
    }
    NetworkFigures pruned = figuresOf(Contender.PRUNED);
    String how = advantage.mean() >= 0 ? "more" : "fewer";
    String error =
        advantage.count() < 2
            ? ", from one seed only"
            : Markup.format(
                " (± %.2f, standard error over %d seeds)",
                100 * advantage.standardError(), advantage.count());
    return Markup.format(
        "With %,d parameters, as many as Simple, <b>pruned Wide gets %.2f points %s of the test"
            + " images right than Simple</b>%s.",
        pruned.nonZeroParameters(), Math.abs(100 * advantage.mean()), how, error);
  }

  private NetworkFigures figuresOf(Contender contender) {
    return figures.stream().filter(f -> f.contender() == contender).findFirst().orElseThrow();
  }

  private static String name(Contender contender) {
    return Markup.format(
        "<span class=\"key k%d\"></span>%s", contender.ordinal(), Markup.escape(contender.title()));
  }

  private void addTable(Page page) {
    page.add(
        "<div class=\"wide\"><table><thead><tr><th>Network</th><th>parameters</th><th>not zero</th>"
            + "<th>test accuracy,<br/>mean ± std. dev., %</th><th>binomial<br/>error, ±</th>"
            + "<th>test<br/>error, %</th><th>validation<br/>accuracy, %</th>"
            + "<th>seconds<br/>of training</th></tr></thead><tbody>");
    for (NetworkFigures f : figures) {
      page.add(
          "<tr><th>%s</th><td>%,d</td><td>%,d</td><td><b>%s</b> ± %s</td><td>%s</td><td>%s</td>"
              + "<td>%s ± %s</td><td>%.1f</td></tr>",
          name(f.contender()),
          f.parameters(),
          f.nonZeroParameters(),
          Markup.percent(f.test().mean()),
          Markup.percent(f.test().standardDeviation()),
          Markup.percent(f.binomialError()),
          Markup.percent(1 - f.test().mean()),
          Markup.percent(f.validation().mean()),
          Markup.percent(f.validation().standardDeviation()),
          result.of(f.contender()).stream()
              .mapToDouble(n -> n.training().result().seconds())
              .average()
              .orElse(Double.NaN));
    }
    page.add("</tbody></table></div>");
    page.add(
        "<p class=\"soft\">The standard deviation is that of one run over the seeds; the binomial"
            + " error is what the choice of %,d test images alone makes uncertain. Nothing was chosen"
            + " by test images.</p>",
        test.size());
    page.add(
        "<p class=\"soft\">By seed: %s.</p>",
        Arrays.stream(Contender.values())
            .filter(c -> !result.of(c).isEmpty())
            .map(
                c ->
                    c.title()
                        + " "
                        + result.of(c).stream()
                            .map(n -> Markup.percent(n.test().accuracy()))
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; ")));
  }

  private String parametersChart() {
    double[] accuracies =
        DoubleStream.concat(
                result.networks().stream().mapToDouble(n -> n.test().accuracy()),
                figures.stream()
                    .filter(f -> f.test().count() > 1)
                    .flatMapToDouble(
                        f ->
                            DoubleStream.of(
                                f.test().mean() - f.test().standardDeviation(),
                                f.test().mean() + f.test().standardDeviation())))
            .toArray();
    Chart chart =
        new Chart(
            Axis.around(
                "parameters that are not zero",
                true,
                v -> Markup.format("%,.0f", v),
                figures.stream().mapToDouble(NetworkFigures::nonZeroParameters).toArray()),
            Axis.around("test accuracy, %", false, Axis::percent, accuracies),
            "Test accuracy against parameters that are not zero");
    for (NetworkFigures f : figures) {
      int colour = f.contender().ordinal();
      double x = f.nonZeroParameters();
      // Simple and pruned Wide have the same number of parameters: the seeds stand beside the mean.
      for (TrainedNetwork n : result.of(f.contender())) {
        chart.dot(
            colour,
            true,
            x,
            n.test().accuracy(),
            Markup.format(
                "%s, seed %d: %s %%",
                n.contender().title(), n.seed(), Markup.percent(n.test().accuracy())));
      }
      chart.errorBar(colour, x, f.test().mean(), f.test().standardDeviation());
      chart.dot(
          colour,
          false,
          x,
          f.test().mean(),
          Markup.format("%s, mean: %s %%", f.contender().title(), Markup.percent(f.test().mean())));
      chart.label(colour, x, f.test().mean(), f.contender().title());
    }
    return chart.svg();
  }

  private String curves() {
    ExperimentSpec spec = result.spec();
    double[] all =
        result.networks().stream()
            .flatMap(n -> n.training().result().history().stream())
            .mapToDouble(EpochRecord::validationAccuracy)
            .sorted()
            .toArray();
    // The first epochs stand far below all others; they may leave the chart at the bottom.
    double least = all[(int) (all.length * (1 - CURVE_SHARE) / 4)];
    Chart chart =
        new Chart(
            new Axis("epoch", 0, 2.0 * spec.epochs() + 1, false, v -> Markup.format("%.0f", v)),
            Axis.around("validation accuracy, %", false, Axis::percent, least, all[all.length - 1]),
            "Validation accuracy after each epoch");
    for (NetworkFigures f : figures) {
      int colour = f.contender().ordinal();
      int before = f.contender() == Contender.PRUNED ? spec.epochs() : 0;
      int epochs = spec.epochs(f.contender());
      double[] xs = new double[epochs];
      double[] means = new double[epochs];
      List<TrainedNetwork> runs = result.of(f.contender());
      for (int i = 0; i < epochs; i++) {
        xs[i] = before + i + 1;
      }
      for (TrainedNetwork run : runs) {
        double[] ys =
            run.training().result().history().stream()
                .mapToDouble(EpochRecord::validationAccuracy)
                .toArray();
        for (int i = 0; i < epochs; i++) {
          means[i] += ys[i] / runs.size();
          ys[i] = ys[i] < least ? Double.NaN : ys[i];
        }
        chart.line(colour, true, xs, ys);
      }
      for (int i = 0; i < epochs; i++) {
        means[i] = means[i] < least ? Double.NaN : means[i];
      }
      chart.line(colour, false, xs, means);
    }
    return "<p class=\"soft\">"
        + figures.stream().map(f -> name(f.contender())).collect(Collectors.joining(" &#160; "))
        + "</p>"
        + chart.svg();
  }

  private void addCosts(Page page) {
    page.add("<h2>Size and speed</h2>");
    page.add(
        "<div class=\"wide\"><table><thead><tr><th>Network</th><th>dense,<br/>bytes</th>"
            + "<th>in its file,<br/>bytes</th><th>dense with gzip,<br/>bytes</th>"
            + "<th>one image,<br/>dense, µs</th><th>one image,<br/>sparse, µs</th>"
            + "<th>in a batch,<br/>dense, µs</th><th>in a batch,<br/>sparse, µs</th></tr></thead>"
            + "<tbody>");
    for (NetworkFigures f : figures) {
      PredictionTime time = f.time();
      page.add(
          "<tr><th>%s</th><td>%,d</td><td>%,d</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td>"
              + "<td>%s</td></tr>",
          name(f.contender()),
          f.size().dense(),
          f.storedBytes(),
          f.size().gzip(),
          micros(time.single()),
          micros(time.sparseSingle()),
          micros(time.batch()),
          micros(time.sparseBatch()));
    }
    page.add("</tbody></table></div>");
    page.add(
        "<p class=\"soft\">Sizes are those of weights and biases as 32-bit numbers; a file leaves out"
            + " the zeros and has some kilobytes of header. Times are medians for each image: one at a"
            + " time on one thread, and in batches of %,d on %d threads.</p>",
        Math.min(1000, test.size()), context.threads());
  }

  private static String micros(double value) {
    return Double.isFinite(value) ? Markup.format("%.2f", value) : "–";
  }

  private void addConfusions(Page page) {
    page.add("<h2>Confusion</h2>");
    page.add(
        "<p class=\"soft\">Test images of each class (row) by what the network took them for (column),"
            + " for the seed that is best on validation images.</p>");
    page.add("<div class=\"three\">");
    for (NetworkFigures f : figures) {
      page.add(
          "<figure><h3>%s, seed %d: %s %%</h3>%s</figure>",
          name(f.contender()),
          f.best().seed(),
          Markup.percent(f.best().test().accuracy()),
          new ConfusionTable(f.best().test().confusion(), context.classNames()).html());
    }
    page.add("</div>");
  }

  private void addMistakes(Page page) {
    page.add("<h2>Worst mistakes</h2>");
    page.add(
        "<p class=\"soft\">Test images on which %s (seed %d) was surest of the wrong answer.</p>",
        Markup.escape(mistaken.title()), figuresOf(mistaken).best().seed());
    page.add("<div class=\"mistakes\">");
    for (Mistake m : mistakes) {
      String actual = Markup.escape(context.classNames().get(m.actual()));
      String predicted = Markup.escape(context.classNames().get(m.predicted()));
      page.add(
          "<figure><img src=\"%s\" alt=\"test image %d, a %s\" width=\"84\" height=\"84\"/>"
              + "<figcaption>is <b>%s</b>, not <b>%s</b><br/>%.1f %% sure</figcaption></figure>",
          Picture.dataUri(test, m.index()),
          m.index(),
          actual,
          actual,
          predicted,
          100 * m.probability());
    }
    page.add("</div>");
  }

  private void addMethod(Page page) {
    ExperimentSpec spec = result.spec();
    int classes = context.classNames().size();
    page.add("<h2>How it was done</h2>");
    page.add(
        "<p>%s is a network %s, Wide %s; both have ReLU, dropout %.2f and are trained by Adam in"
            + " batches of 128, the learning rate falling along cosines with warm restarts: Wide for"
            + " %d epochs, Simple for %d, as long as Wide and its fine-tuning together. Pruned Wide is"
            + " Wide without its smallest weights, until it has as many parameters as Simple, trained"
            + " again for %d epochs along one cosine, with less dropout.</p>",
        name(Contender.SIMPLE),
        spec.simple(classes).widths(),
        spec.wide(classes).widths(),
        ExperimentSpec.DROP_RATE,
        spec.epochs(Contender.WIDE),
        spec.epochs(Contender.SIMPLE),
        spec.epochs(Contender.PRUNED));
  }
}
