package dev.neurite.mnist.experiment;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.prune.ParameterSize;
import dev.neurite.nn.prune.SparsityReport;

/**
 * What a network of an experiment is worth over the seeds, and what its best run costs.
 *
 * @param contender which
 * @param test accuracy on the test images, over the seeds
 * @param validation accuracy on the validation images, over the seeds
 * @param binomialError of the mean test accuracy, for the number of test images
 * @param best the run that is best on the validation images
 * @param parameters weights and biases
 * @param nonZeroParameters those that are not zero in the best run
 * @param size bytes of the parameters of the best run, dense and compressed
 * @param storedBytes bytes of the same in a model file, which leaves zeros out where that pays
 * @param time how long the best run takes to answer
 */
public record NetworkFigures(
    Contender contender,
    Spread test,
    Spread validation,
    double binomialError,
    TrainedNetwork best,
    int parameters,
    int nonZeroParameters,
    ParameterSize size,
    long storedBytes,
    PredictionTime time) {
  /**
   * Looks at the runs of a network.
   *
   * @param result with at least one run of it
   * @param images to measure the speed with
   * @throws java.util.NoSuchElementException if no run is finished
   */
  public static NetworkFigures of(
      ExperimentResult result, Contender contender, Dataset images, Engine engine) {
    TrainedNetwork best = result.best(contender);
    Spread test = result.test(contender);
    SparsityReport sparsity = SparsityReport.of(best.model());
    return new NetworkFigures(
        contender,
        test,
        result.validation(contender),
        Spread.binomialError(test.mean(), best.test().labelled()),
        best,
        sparsity.parameters(),
        sparsity.nonZeroParameters(),
        sparsity.size(),
        ModelFile.valueBytes(best.model()),
        PredictionTime.of(best.model(), images, engine));
  }
}
