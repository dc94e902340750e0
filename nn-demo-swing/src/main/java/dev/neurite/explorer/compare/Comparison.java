package dev.neurite.explorer.compare;

import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.text.DataTitle;
import dev.neurite.explorer.text.Figures;
import dev.neurite.explorer.text.Texts;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.DropoutSpec;
import dev.neurite.nn.model.LayerSpec;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs side by side.
 *
 * @param curves validation accuracy of each chosen run by epoch
 * @param points of all runs with an epoch: what accuracy their size buys
 * @param differences settings in which the first two chosen runs differ; empty for fewer than two
 * @param names of those two; empty for fewer
 */
public record Comparison(
    List<AccuracyCurve> curves,
    List<SizePoint> points,
    List<Difference> differences,
    List<String> names) {
  /** Most runs whose curves are shown together. */
  public static final int MOST_CURVES = 6;

  private static final int RATES = 200;

  /**
   * A curve.
   *
   * @param name of the run
   * @param epochs from 1
   * @param accuracies on the validation data, in per cent
   */
  public record AccuracyCurve(String name, List<Double> epochs, List<Double> accuracies) {}

  /**
   * A run as a point.
   *
   * @param name of the run
   * @param parameters weights and biases
   * @param accuracy best on the validation data, in per cent
   * @param chosen whether it is one of those compared
   */
  public record SizePoint(String name, long parameters, double accuracy, boolean chosen) {}

  /**
   * A setting that is not the same.
   *
   * @param setting its name
   * @param first of the first run
   * @param second of the second run
   */
  public record Difference(String setting, String first, String second) {}

  /** Copies the lists. */
  public Comparison {
    curves = List.copyOf(curves);
    points = List.copyOf(points);
    differences = List.copyOf(differences);
    names = List.copyOf(names);
  }

  /** Compares. A pure function. */
  static Comparison of(List<Run> all, List<Run> chosen) {
    List<AccuracyCurve> curves =
        chosen.stream()
            .filter(r -> !r.history().isEmpty())
            .limit(MOST_CURVES)
            .map(
                r ->
                    new AccuracyCurve(
                        r.name(),
                        r.history().stream().map(e -> (double) e.epoch()).toList(),
                        r.history().stream()
                            .map(EpochRecord::validationAccuracy)
                            .map(a -> Double.isNaN(a) ? 0 : 100 * a)
                            .toList()))
            .toList();
    List<SizePoint> points =
        all.stream()
            .filter(r -> r.bestValidationAccuracy().isPresent())
            .map(
                r ->
                    new SizePoint(
                        r.name(),
                        r.nonZeroParameters(),
                        100 * r.bestValidationAccuracy().orElseThrow(),
                        chosen.stream().anyMatch(c -> c.id().equals(r.id()))))
            .toList();
    if (chosen.size() < 2) {
      return new Comparison(curves, points, List.of(), List.of());
    }
    List<Difference> before = settings(chosen.get(0), chosen.get(1));
    return new Comparison(
        curves,
        points,
        before.stream().filter(d -> !d.first().equals(d.second())).toList(),
        List.of(chosen.get(0).name(), chosen.get(1).name()));
  }

  private static List<Difference> settings(Run a, Run b) {
    List<Difference> rows = new ArrayList<>();
    TrainingSpec first = a.experiment().training();
    TrainingSpec second = b.experiment().training();
    add(
        rows,
        "data",
        DataTitle.of(a.experiment().data().name()),
        DataTitle.of(b.experiment().data().name()));
    add(rows, "layers", layers(a.experiment().model()), layers(b.experiment().model()));
    add(
        rows,
        "parameters",
        Figures.count(a.nonZeroParameters()),
        Figures.count(b.nonZeroParameters()));
    addNamed(
        rows,
        "optimizer",
        a.experiment().optimizerName(),
        first.optimizer(),
        b.experiment().optimizerName(),
        second.optimizer());
    add(rows, "rate", Figures.rate(largestRate(a)), Figures.rate(largestRate(b)));
    addNamed(
        rows,
        "schedule",
        a.experiment().scheduleName(),
        first.schedule(),
        b.experiment().scheduleName(),
        second.schedule());
    add(rows, "epochs", first.epochs(), second.epochs());
    add(rows, "batchSize", first.batchSize(), second.batchSize());
    add(rows, "labelSmoothing", first.labelSmoothing(), second.labelSmoothing());
    add(
        rows,
        "augmentation",
        a.experiment().augmentation().isNone() ? Figures.NONE : a.experiment().augmentation(),
        b.experiment().augmentation().isNone() ? Figures.NONE : b.experiment().augmentation());
    add(rows, "seed", first.seed(), second.seed());
    return rows;
  }

  /** The layers in words: units with their activations, and dropout. */
  private static String layers(ModelSpec model) {
    List<String> words = new ArrayList<>();
    for (LayerSpec layer : model.layers()) {
      if (layer instanceof DenseSpec dense) {
        words.add(Texts.format("compare.layer", Figures.count(dense.units()), dense.activation()));
      } else if (layer instanceof DropoutSpec dropout) {
        words.add(Texts.format("compare.layer.dropout", Figures.significant(dropout.dropRate())));
      }
    }
    return String.join(", ", words);
  }

  /** The largest learning rate of a run, over places evenly spread. */
  private static double largestRate(Run run) {
    TrainingSpec training = run.experiment().training();
    long steps = Math.max(1, (long) training.epochs() * run.stepsPerEpoch());
    return IntStream.range(0, RATES)
        .mapToDouble(i -> training.schedule().learningRate(i * steps / RATES))
        .max()
        .orElseThrow();
  }

  /** Names what is not the same; of the same name, says in what it differs. */
  private static void addNamed(
      List<Difference> rows,
      String setting,
      String firstName,
      Object first,
      String secondName,
      Object second) {
    boolean detailed = firstName.equals(secondName) && !first.equals(second);
    add(
        rows,
        setting,
        detailed ? details(first) : firstName,
        detailed ? details(second) : secondName);
  }

  /** The values of a specification as text. */
  private static String details(Object values) {
    String text = values.toString();
    return text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
  }

  private static void add(List<Difference> rows, String setting, Object first, Object second) {
    rows.add(
        new Difference(
            Texts.get("compare.setting." + setting),
            String.valueOf(first),
            String.valueOf(second)));
  }
}
