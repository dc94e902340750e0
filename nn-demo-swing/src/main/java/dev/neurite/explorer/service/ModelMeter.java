package dev.neurite.explorer.service;

import dev.neurite.explorer.session.ModelFigures;
import dev.neurite.mnist.experiment.PredictionTime;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.DataSplit;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.io.ModelFile;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.prune.SparsityReport;

/** Measures what a network is worth and what it costs; on the thread of its engine. */
final class ModelMeter {
  private final DataSplit data;
  private final Engine engine;

  ModelMeter(DataSplit data, Engine engine) {
    this.data = data;
    this.engine = engine;
  }

  /**
   * Measures a network.
   *
   * @param model read
   */
  ModelFigures measure(Model model) {
    Evaluator evaluator = new Evaluator(model, Loss.defaultFor(model.spec()), engine);
    SparsityReport report = SparsityReport.of(model);
    return new ModelFigures(
        evaluator.evaluate(data.validation()).accuracy(),
        evaluator.evaluate(data.test()).accuracy(),
        report.parameters(),
        report.nonZeroParameters(),
        ModelFile.valueBytes(model),
        PredictionTime.fastestSingle(
            model, data.test().size() > 0 ? data.test() : data.train(), engine));
  }
}
