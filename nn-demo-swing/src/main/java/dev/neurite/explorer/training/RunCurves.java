package dev.neurite.explorer.training;

import dev.neurite.explorer.session.LossTrace;
import dev.neurite.explorer.session.Run;
import dev.neurite.explorer.session.RunState;
import dev.neurite.nn.train.EpochRecord;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The curves of a run.
 *
 * @param batchLoss mean losses of neighbouring batches
 * @param learningRate of the same batches
 * @param trainLoss by epoch
 * @param validationLoss by epoch
 * @param testLoss by epoch
 * @param trainAccuracy by epoch, in per cent
 * @param validationAccuracy by epoch, in per cent
 * @param testAccuracy by epoch, in per cent
 * @param epochs right end of the charts
 * @param restarts where the schedule begins a new cycle, in epochs
 */
public record RunCurves(
    Curve batchLoss,
    Curve learningRate,
    Curve trainLoss,
    Curve validationLoss,
    Curve testLoss,
    Curve trainAccuracy,
    Curve validationAccuracy,
    Curve testAccuracy,
    double epochs,
    List<Double> restarts) {
  /** No run. */
  public static final RunCurves NONE =
      new RunCurves(
          Curve.EMPTY,
          Curve.EMPTY,
          Curve.EMPTY,
          Curve.EMPTY,
          Curve.EMPTY,
          Curve.EMPTY,
          Curve.EMPTY,
          Curve.EMPTY,
          1,
          List.of());

  /** Copies the list. */
  public RunCurves {
    restarts = List.copyOf(restarts);
  }

  /** Whether all that an accuracy chart shows is that of others. */
  public boolean hasAccuracyOf(RunCurves others) {
    return trainAccuracy.equals(others.trainAccuracy)
        && validationAccuracy.equals(others.validationAccuracy)
        && testAccuracy.equals(others.testAccuracy)
        && epochs == others.epochs;
  }

  /** The curves of a run. A pure function. */
  public static RunCurves of(Run run) {
    return new RunCurves(
        ofTrace(run, LossTrace.Point::meanLoss),
        ofTrace(run, LossTrace.Point::learningRate),
        ofEpochs(run, EpochRecord::trainLoss, 1),
        ofEpochs(run, EpochRecord::validationLoss, 1),
        ofEpochs(run, EpochRecord::testLoss, 1),
        ofEpochs(run, EpochRecord::trainAccuracy, 100),
        ofEpochs(run, EpochRecord::validationAccuracy, 100),
        ofEpochs(run, EpochRecord::testAccuracy, 100),
        rightEnd(run),
        restarts(run));
  }

  private static List<Double> restarts(Run run) {
    int stepsPerEpoch = run.stepsPerEpoch();
    if (stepsPerEpoch == 0) {
      return List.of();
    }
    TrainingSpec training = run.experiment().training();
    return training.schedule().restarts((long) training.epochs() * stepsPerEpoch).stream()
        .filter(step -> step > 0)
        .limit(MOST_RESTARTS)
        .map(step -> (double) step / stepsPerEpoch)
        .toList();
  }

  /** More lines than this would hide the curves. */
  private static final int MOST_RESTARTS = 100;

  private static double rightEnd(Run run) {
    if (run.state().isActive() || run.state() == RunState.COMPLETED) {
      return run.experiment().training().epochs();
    }
    List<LossTrace.Point> points = run.trace().points();
    return points.isEmpty() ? 1 : Math.max(1, Math.ceil(points.get(points.size() - 1).epoch()));
  }

  private static Curve ofTrace(Run run, ToDoubleFunction<LossTrace.Point> value) {
    return curve(run.trace().points(), LossTrace.Point::epoch, value::applyAsDouble);
  }

  private static Curve ofEpochs(Run run, ToDoubleFunction<EpochRecord> value, double factor) {
    return curve(run.history(), e -> (double) e.epoch(), e -> factor * value.applyAsDouble(e));
  }

  private static <T> Curve curve(List<T> values, Function<T, Double> x, Function<T, Double> y) {
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (T value : values) {
      if (Double.isFinite(y.apply(value))) {
        xs.add(x.apply(value));
        ys.add(y.apply(value));
      }
    }
    return new Curve(xs, ys);
  }
}
