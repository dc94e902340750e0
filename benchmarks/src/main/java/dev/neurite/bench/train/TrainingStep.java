package dev.neurite.bench.train;

import dev.neurite.bench.kernel.ProductCase;
import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.kernel.ProductShape;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.eval.RecordedBatch;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Mode;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.optim.Optimizer;
import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import dev.neurite.nn.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;

/** One step of a workload after the other, on shuffled images, as the trainer does them. */
final class TrainingStep {
  private final Dataset train;
  private final TrainingSpec spec;
  private final RecordedBatch batch;
  private final Optimizer optimizer;
  private final int[] order;
  private int next;

  /**
   * Prepares the steps.
   *
   * @param batchSize images of a step
   */
  TrainingStep(Workload workload, int batchSize, Dataset train, Engine engine) {
    this.train = train;
    spec = workload.training(train.size()).withBatchSize(batchSize);
    Model model = Model.create(workload.model(), 1);
    batch =
        new RecordedBatch(
            model,
            spec.loss(),
            (float) spec.labelSmoothing(),
            Mode.TRAINING,
            spec.seed(),
            batchSize,
            train,
            engine);
    optimizer = new Optimizer(spec.optimizer(), model.parameters(), engine);
    optimizer.zeroGradients();
    order = new int[train.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomStream.of(spec.seed(), RandomPurpose.SHUFFLE, 0).shuffle(0, order);
  }

  /** Gathers the next batch. */
  void load() {
    if (next + spec.batchSize() > order.length) {
      next = 0;
    }
    batch.load(train, order, next, spec.batchSize());
    next += spec.batchSize();
  }

  /** Does the next step and returns its loss. */
  float run() {
    load();
    long step = optimizer.steps();
    batch.forward((int) step);
    batch.backward();
    optimizer.step(spec.schedule().learningRate(step));
    optimizer.zeroGradients();
    return batch.loss();
  }

  /**
   * The products of a step: of each layer the values, the gradient of the weights and, but for the
   * first layer, the gradient of the input.
   */
  static List<ProductCase> products(ModelSpec model, int batchSize) {
    List<ProductCase> products = new ArrayList<>();
    int in = model.inputs();
    for (DenseSpec layer : model.denseLayers()) {
      int out = layer.units();
      products.add(new ProductCase(new ProductShape(batchSize, in, out), ProductForm.AB));
      products.add(new ProductCase(new ProductShape(in, batchSize, out), ProductForm.AT_B));
      if (products.size() > 2) {
        products.add(new ProductCase(new ProductShape(batchSize, out, in), ProductForm.A_BT));
      }
      in = out;
    }
    return products;
  }
}
