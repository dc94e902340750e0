package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.eval.Evaluation;
import dev.neurite.nn.eval.Evaluator;
import dev.neurite.nn.eval.Loss;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.prune.SparsityReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nn evaluate}: how good a model file is on the test data. */
@Command(name = "evaluate", description = "Test a model file on the test data.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private DataOptions dataOptions = new DataOptions();

  @Parameters(paramLabel = "FILE", description = "The model file.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    EngineSpec engineSpec = options.engine();
    Model model = GivenModel.readToAnswer(file).model();
    DataOptions.Loaded loaded = dataOptions.load(options);
    if (model.spec().outputs() != loaded.data().test().outputs()) {
      throw new IOException(
          "%s has %d outputs, the data %s has %d classes"
              .formatted(
                  file, model.spec().outputs(), loaded.name(), loaded.data().test().outputs()));
    }
    Evaluation evaluation;
    try (Engine engine = new Engine(engineSpec)) {
      evaluation =
          new Evaluator(model, Loss.defaultFor(model.spec()), engine)
              .evaluate(loaded.data().test());
    }
    GivenModel.requireFinite(file, evaluation.meanLoss());
    print(evaluation, loaded.data().classNames());
    SparsityReport sparsity = SparsityReport.of(model);
    if (model.isPruned()) {
      options
          .out()
          .printf(
              "%n%.2f %% of the weights are pruned, %,d of %,d parameters are not zero%n",
              100 * sparsity.sparsity(), sparsity.nonZeroParameters(), sparsity.parameters());
    }
    ObjectNode result = JsonResults.object();
    JsonResults.put(result, "testAccuracy", evaluation.accuracy());
    JsonResults.put(result, "testLoss", evaluation.meanLoss());
    JsonResults.put(result, "standardError", evaluation.standardError());
    JsonResults.put(result, "top2Accuracy", evaluation.top2Accuracy());
    JsonResults.put(result, "macroF1", evaluation.macroF1());
    JsonResults.putConfusion(result, evaluation);
    ArrayNode classes = result.putArray("classes");
    for (int i = 0; i < evaluation.confusion().length; i++) {
      ObjectNode figures = classes.addObject();
      figures.put("class", i);
      figures.put("name", loaded.data().classNames().get(i));
      JsonResults.put(figures, "precision", evaluation.precision(i));
      JsonResults.put(figures, "recall", evaluation.recall(i));
      JsonResults.put(figures, "f1", evaluation.f1(i));
    }
    JsonResults.put(result, "sparsity", sparsity.sparsity());
    result.put("parameters", sparsity.parameters());
    result.put("nonZeroParameters", sparsity.nonZeroParameters());
    options.finish(result);
    return 0;
  }

  private void print(Evaluation evaluation, List<String> names) {
    PrintStream out = options.out();
    out.printf(
        "Test accuracy %.2f %% (± %.2f), loss %.4f, top-2 accuracy %.2f %%, %,d images%n%n",
        100 * evaluation.accuracy(),
        100 * evaluation.standardError(),
        evaluation.meanLoss(),
        100 * evaluation.top2Accuracy(),
        evaluation.examples());
    int[][] confusion = evaluation.confusion();
    out.print("actual\\predicted");
    for (int j = 0; j < confusion.length; j++) {
      out.printf("%6s", shortened(names.get(j), 5));
    }
    out.println("   precision   recall       F1");
    for (int i = 0; i < confusion.length; i++) {
      out.printf("%16s", shortened(names.get(i), 16));
      for (int count : confusion[i]) {
        out.printf("%6d", count);
      }
      out.printf(
          "   %9.4f %8.4f %8.4f%n",
          evaluation.precision(i), evaluation.recall(i), evaluation.f1(i));
    }
  }

  private static String shortened(String name, int length) {
    return name.length() <= length ? name : name.substring(0, length);
  }
}
