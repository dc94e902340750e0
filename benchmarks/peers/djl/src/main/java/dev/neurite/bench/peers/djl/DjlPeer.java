package dev.neurite.bench.peers.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.neurite.bench.peers.MnistArrays;
import dev.neurite.bench.peers.Peer;
import dev.neurite.bench.peers.PeerNet;
import dev.neurite.bench.peers.PeerRun;
import dev.neurite.bench.peers.Recipe;
import java.io.IOException;

/** Trains with DJL's trainer; batches are views of one array. */
public final class DjlPeer implements Peer {
  private DjlPeer(int threads) {
    Engine.getInstance().setRandomSeed(1);
    JniUtils.setNumThreads(threads);
  }

  /** Runs {@link PeerRun}. */
  public static void main(String... args) throws IOException {
    PeerRun.run(DjlPeer::new, args);
  }

  @Override
  public String version() {
    return Engine.getInstance().getEngineName() + " " + Engine.getInstance().getVersion();
  }

  @Override
  public PeerNet net(Recipe recipe, MnistArrays data) {
    return new Net(recipe, data);
  }

  private static final class Net implements PeerNet {
    private final NDManager manager = NDManager.newBaseManager();
    private final Model model = Model.newInstance("mnist");
    private final Trainer trainer;
    private final int batchSize;
    private final NDArray images;
    private final NDArray labels;
    private final NDArray testImages;
    private NDArray last;

    Net(Recipe recipe, MnistArrays data) {
      batchSize = recipe.batchSize();
      images =
          manager.create(data.trainImages(), new Shape(data.trainSize(), MnistArrays.FEATURES));
      long[] digits = new long[data.trainSize()];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = data.trainLabels()[i];
      }
      labels = manager.create(digits, new Shape(digits.length, 1));
      testImages =
          manager.create(data.testImages(), new Shape(data.testSize(), MnistArrays.FEATURES));
      last = manager.zeros(new Shape(1));
      SequentialBlock block = new SequentialBlock();
      for (int units : recipe.hiddenUnits()) {
        block.add(Linear.builder().setUnits(units).build()).add(Activation::relu);
        if (recipe.dropRate() > 0) {
          block.add(Dropout.builder().optRate(recipe.dropRate()).build());
        }
      }
      block.add(Linear.builder().setUnits(MnistArrays.CLASSES).build());
      model.setBlock(block);
      Tracker rate = step -> (float) recipe.rate(step);
      Optimizer optimizer =
          recipe.adam()
              ? Optimizer.adam().optLearningRateTracker(rate).build()
              : Optimizer.sgd().setLearningRateTracker(rate).build();
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                  .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                  .optOptimizer(optimizer));
      trainer.initialize(new Shape(batchSize, MnistArrays.FEATURES));
    }

    @Override
    public void epoch() {
      Loss loss = trainer.getLoss();
      for (int start = 0; start < labels.getShape().get(0); start += batchSize) {
        try (NDManager step = manager.newSubManager();
            GradientCollector collector = trainer.newGradientCollector()) {
          NDIndex rows = rows(start, Math.min(batchSize, (int) labels.getShape().get(0) - start));
          NDArray x = images.get(step, rows);
          NDArray y = labels.get(step, rows);
          NDList output = trainer.forward(new NDList(x));
          collector.backward(loss.evaluate(new NDList(y), output));
        }
        trainer.step();
      }
    }

    private static NDIndex rows(int first, int count) {
      return new NDIndex().addSliceDim(first, first + count);
    }

    @Override
    public void predict(int first, int count) {
      last.close();
      try (NDManager step = manager.newSubManager()) {
        NDArray x = testImages.get(step, rows(first, count));
        last = trainer.evaluate(new NDList(x)).singletonOrThrow().softmax(1);
        last.attach(manager);
      }
    }

    @Override
    public float[] probabilities() {
      return last.toFloatArray();
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
      manager.close();
    }
  }
}
