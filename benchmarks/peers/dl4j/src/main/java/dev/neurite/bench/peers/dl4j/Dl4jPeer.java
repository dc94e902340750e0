package dev.neurite.bench.peers.dl4j;

import dev.neurite.bench.peers.MnistArrays;
import dev.neurite.bench.peers.Peer;
import dev.neurite.bench.peers.PeerNet;
import dev.neurite.bench.peers.PeerRun;
import dev.neurite.bench.peers.Recipe;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Trains with a multi-layer network; batches are views of one array. */
public final class Dl4jPeer implements Peer {
  private Dl4jPeer(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getRandom().setSeed(1);
  }

  /** Runs {@link PeerRun}. */
  public static void main(String... args) throws IOException {
    PeerRun.run(Dl4jPeer::new, args);
  }

  @Override
  public String version() {
    return "1.0.0-M2.1";
  }

  @Override
  public PeerNet net(Recipe recipe, MnistArrays data) {
    return new Net(recipe, data);
  }

  private static final class Net implements PeerNet {
    private final Recipe recipe;
    private final INDArray images;
    private final INDArray labels;
    private final INDArray testImages;
    private final MultiLayerNetwork network;
    private INDArray last;

    Net(Recipe recipe, MnistArrays data) {
      this.recipe = recipe;
      images = matrix(data.trainImages());
      float[] oneHot = new float[data.trainSize() * MnistArrays.CLASSES];
      for (int i = 0; i < data.trainSize(); i++) {
        oneHot[i * MnistArrays.CLASSES + data.trainLabels()[i]] = 1;
      }
      labels = Nd4j.createFromArray(oneHot).reshape(data.trainSize(), MnistArrays.CLASSES);
      testImages = matrix(data.testImages());
      last = testImages;
      NeuralNetConfiguration.Builder base =
          new NeuralNetConfiguration.Builder().seed(1).weightInit(WeightInit.RELU);
      if (recipe.cosine()) {
        MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.ITERATION);
        for (int step = 0; step < 1200; step++) {
          rates.add(step, recipe.rate(step));
        }
        ISchedule schedule = rates.build();
        base.updater(new Adam(schedule));
      } else {
        base.updater(recipe.adam() ? new Adam(recipe.rate()) : new Sgd(recipe.rate()));
      }
      NeuralNetConfiguration.ListBuilder layers = base.list();
      int[] widths = recipe.widths();
      for (int i = 0; i + 2 < widths.length; i++) {
        DenseLayer.Builder layer =
            new DenseLayer.Builder().nIn(widths[i]).nOut(widths[i + 1]).activation(Activation.RELU);
        if (i > 0 && recipe.dropRate() > 0) {
          layer.dropOut(1 - recipe.dropRate()); // Of the layer's input; the probability to keep it.
        }
        layers.layer(layer.build());
      }
      OutputLayer.Builder output =
          new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
              .nIn(widths[widths.length - 2])
              .nOut(MnistArrays.CLASSES)
              .activation(Activation.SOFTMAX);
      if (recipe.dropRate() > 0) {
        output.dropOut(1 - recipe.dropRate());
      }
      network = new MultiLayerNetwork(layers.layer(output.build()).build());
      network.init();
    }

    private static INDArray matrix(float[] values) {
      return Nd4j.createFromArray(values)
          .reshape(values.length / MnistArrays.FEATURES, MnistArrays.FEATURES);
    }

    @Override
    public void epoch() {
      long size = images.size(0);
      for (long start = 0; start < size; start += recipe.batchSize()) {
        long end = Math.min(size, start + recipe.batchSize());
        network.fit(rows(images, start, end), rows(labels, start, end));
      }
    }

    private static INDArray rows(INDArray matrix, long first, long end) {
      return matrix.get(NDArrayIndex.interval(first, end), NDArrayIndex.all());
    }

    @Override
    public void predict(int first, int count) {
      last = network.output(rows(testImages, first, first + count), false);
    }

    @Override
    public float[] probabilities() {
      return last.dup('c').data().asFloat();
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
