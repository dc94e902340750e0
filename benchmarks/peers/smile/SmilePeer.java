import dev.neurite.bench.peers.MnistArrays;
import dev.neurite.bench.peers.Peer;
import dev.neurite.bench.peers.PeerNet;
import dev.neurite.bench.peers.PeerRun;
import dev.neurite.bench.peers.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import smile.classification.MLP;
import smile.model.mlp.Layer;
import smile.model.mlp.LayerBuilder;
import smile.model.mlp.OutputFunction;
import smile.util.function.TimeFunction;

/**
 * Trains with Smile, whose jars need Java 25: launched from this file by such a Java, so that the
 * build needs none. Smile computes in double precision, chooses its threads itself and has no Adam;
 * RMSProp stands in for it. It needs OpenBLAS, LAPACKE and ARPACK of the system, with the names that
 * packages for development give them.
 */
public final class SmilePeer implements Peer {
  /** Runs {@link PeerRun}. */
  public static void main(String[] args) throws IOException {
    PeerRun.run(threads -> new SmilePeer(), args);
  }

  @Override
  public String version() {
    return "6.3.0, Java " + Runtime.version();
  }

  @Override
  public PeerNet net(Recipe recipe, MnistArrays data) {
    return new Net(recipe, data);
  }

  private static final class Net implements PeerNet {
    private final List<double[][]> batches = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final double[][] testImages;
    private final MLP network;
    private float[] probabilities = {};

    Net(Recipe recipe, MnistArrays data) {
      double[][] images = rows(data.trainImages());
      testImages = rows(data.testImages());
      for (int start = 0; start < images.length; start += recipe.batchSize()) {
        int end = Math.min(images.length, start + recipe.batchSize());
        batches.add(Arrays.copyOfRange(images, start, end));
        labels.add(Arrays.copyOfRange(data.trainLabels(), start, end));
      }
      List<LayerBuilder> layers = new ArrayList<>();
      layers.add(Layer.input(MnistArrays.FEATURES));
      for (int units : recipe.hiddenUnits()) {
        layers.add(Layer.rectifier(units, recipe.dropRate()));
      }
      layers.add(Layer.mle(MnistArrays.CLASSES, OutputFunction.SOFTMAX));
      network = new MLP(layers.toArray(LayerBuilder[]::new));
      network.setLearningRate(TimeFunction.constant(recipe.rate()));
      if (recipe.adam()) {
        network.setRMSProp(0.999, 1e-7);
      }
    }

    private static double[][] rows(float[] values) {
      double[][] rows = new double[values.length / MnistArrays.FEATURES][MnistArrays.FEATURES];
      for (int i = 0; i < values.length; i++) {
        rows[i / MnistArrays.FEATURES][i % MnistArrays.FEATURES] = values[i];
      }
      return rows;
    }

    @Override
    public void epoch() {
      for (int i = 0; i < batches.size(); i++) {
        network.update(batches.get(i), labels.get(i));
      }
    }

    @Override
    public void predict(int first, int count) {
      double[] row = new double[MnistArrays.CLASSES];
      float[] all = new float[count * MnistArrays.CLASSES];
      for (int i = 0; i < count; i++) {
        network.predict(testImages[first + i], row);
        for (int digit = 0; digit < row.length; digit++) {
          all[i * row.length + digit] = (float) row[digit];
        }
      }
      probabilities = all;
    }

    @Override
    public float[] probabilities() {
      return probabilities;
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
