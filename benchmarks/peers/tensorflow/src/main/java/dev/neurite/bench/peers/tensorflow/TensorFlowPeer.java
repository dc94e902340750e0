package dev.neurite.bench.peers.tensorflow;

import dev.neurite.bench.peers.MnistArrays;
import dev.neurite.bench.peers.Peer;
import dev.neurite.bench.peers.PeerNet;
import dev.neurite.bench.peers.PeerRun;
import dev.neurite.bench.peers.Recipe;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Softmax;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Trains a graph in a session: fused cross-entropy of the scores, the optimisers' own operations;
 * the tensors of all batches are made beforehand and fed without a copy.
 */
public final class TensorFlowPeer implements Peer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final ConfigProto config;

  private TensorFlowPeer(int threads) {
    config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads)
            .build();
  }

  /** Runs {@link PeerRun}. */
  public static void main(String... args) throws IOException {
    PeerRun.run(TensorFlowPeer::new, args);
  }

  @Override
  public String version() {
    return TensorFlow.version();
  }

  @Override
  public PeerNet net(Recipe recipe, MnistArrays data) {
    return new Net(recipe, data);
  }

  private final class Net implements PeerNet {
    private final Recipe recipe;
    private final MnistArrays data;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> images;
    private final Placeholder<TInt32> labels;
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final Op train;
    private final Softmax<TFloat32> predictions;
    private final List<TFloat32> batches = new ArrayList<>();
    private final List<TInt32> batchLabels = new ArrayList<>();
    private final List<TFloat32> singles = new ArrayList<>();
    private final TFloat32 fixedRate;
    private TFloat32 testBatch;
    private int testBatchFirst;
    private double power1 = 1;
    private double power2 = 1;
    private long step;
    private float[] probabilities = {};

    Net(Recipe recipe, MnistArrays data) {
      this.recipe = recipe;
      this.data = data;
      for (int start = 0; start < data.trainSize(); start += recipe.batchSize()) {
        int rows = Math.min(recipe.batchSize(), data.trainSize() - start);
        batches.add(rows(data.trainImages(), start, rows));
        batchLabels.add(
            TInt32.tensorOf(
                Shape.of(rows),
                DataBuffers.of(IntBuffer.wrap(data.trainLabels(), start, rows).slice())));
      }
      for (int i = 0; i < 1000; i++) {
        singles.add(rows(data.testImages(), i, 1));
      }
      testBatch = rows(data.testImages(), 0, 1000);
      fixedRate = TFloat32.scalarOf((float) recipe.rate(0));

      Ops tf = Ops.create(graph);
      images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, MnistArrays.FEATURES)));
      labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
      rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      List<Variable<TFloat32>> variables = new ArrayList<>();
      List<Op> first = new ArrayList<>();
      int[] widths = recipe.widths();
      for (int i = 0; i + 1 < widths.length; i++) {
        Variable<TFloat32> weight = tf.variable(Shape.of(widths[i], widths[i + 1]), TFloat32.class);
        Variable<TFloat32> bias = tf.variable(Shape.of(widths[i + 1]), TFloat32.class);
        first.add(
            tf.assign(
                weight,
                tf.math.mul(
                    tf.random.truncatedNormal(
                        tf.constant(new int[] {widths[i], widths[i + 1]}), TFloat32.class),
                    tf.constant((float) Math.sqrt(2.0 / widths[i])))));
        first.add(
            tf.assign(bias, tf.zeros(tf.constant(new int[] {widths[i + 1]}), TFloat32.class)));
        variables.add(weight);
        variables.add(bias);
      }
      Operand<TFloat32> scores = scores(tf, variables, true);
      predictions = tf.nn.softmax(scores(tf, variables, false));
      Operand<TFloat32> loss =
          tf.math.mean(
              // Without labels one-hot the operation has no gradient in this release.
              tf.nn
                  .softmaxCrossEntropyWithLogits(
                      scores,
                      tf.oneHot(labels, tf.constant(10), tf.constant(1f), tf.constant(0f)))
                  .loss(),
              tf.constant(0));
      Output<?>[] outputs = variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new);
      Output<?>[] gradients = graph.addGradients(loss.asOutput(), outputs);
      List<Op> updates = new ArrayList<>();
      for (int i = 0; i < variables.size(); i++) {
        updates.add(update(tf, variables.get(i), gradients[i], first));
      }
      train = tf.withControlDependencies(updates).noOp();
      session = new Session(graph, false, config);
      Session.Runner start = session.runner();
      first.forEach(start::addTarget);
      start.run().close();
    }

    private TFloat32 rows(float[] values, int first, int count) {
      FloatBuffer buffer =
          FloatBuffer.wrap(values, first * MnistArrays.FEATURES, count * MnistArrays.FEATURES);
      return TFloat32.tensorOf(
          Shape.of(count, MnistArrays.FEATURES), DataBuffers.of(buffer.slice()));
    }

    private Operand<TFloat32> scores(Ops tf, List<Variable<TFloat32>> variables, boolean training) {
      Operand<TFloat32> x = images;
      for (int i = 0; i < variables.size(); i += 2) {
        x = tf.nn.biasAdd(tf.linalg.matMul(x, variables.get(i)), variables.get(i + 1));
        if (i + 2 < variables.size()) {
          x = tf.nn.relu(x);
          if (training && recipe.dropRate() > 0) {
            Operand<TFloat32> random =
                tf.random.randomUniform(tf.shape(x), TFloat32.class, RandomUniform.seed(1L));
            Operand<TFloat32> kept =
                tf.dtypes.cast(
                    tf.math.greaterEqual(random, tf.constant(recipe.dropRate())), TFloat32.class);
            x = tf.math.mul(tf.math.mul(x, tf.constant(1 / (1 - recipe.dropRate()))), kept);
          }
        }
      }
      return x;
    }

    @SuppressWarnings("unchecked") // The gradient of a float variable is a float tensor.
    private Op update(Ops tf, Variable<TFloat32> variable, Output<?> gradient, List<Op> first) {
      Output<TFloat32> floats = (Output<TFloat32>) gradient;
      if (!recipe.adam()) {
        return tf.train.applyGradientDescent(variable, rate, floats);
      }
      Variable<TFloat32> mean = tf.variable(variable.shape(), TFloat32.class);
      Variable<TFloat32> square = tf.variable(variable.shape(), TFloat32.class);
      Operand<TFloat32> zeros = tf.zeros(tf.constant(variable.shape().asArray()), TFloat32.class);
      first.add(tf.assign(mean, zeros));
      first.add(tf.assign(square, zeros));
      return tf.train.applyAdam(
          variable,
          mean,
          square,
          beta1Power,
          beta2Power,
          rate,
          tf.constant(BETA1),
          tf.constant(BETA2),
          tf.constant(EPSILON),
          floats);
    }

    @Override
    public void epoch() {
      for (int i = 0; i < batches.size(); i++) {
        Session.Runner runner =
            session.runner().feed(images, batches.get(i)).feed(labels, batchLabels.get(i));
        if (recipe.adam()) {
          power1 *= BETA1;
          power2 *= BETA2;
          try (TFloat32 rateNow = TFloat32.scalarOf((float) recipe.rate(step));
              TFloat32 power1Now = TFloat32.scalarOf((float) power1);
              TFloat32 power2Now = TFloat32.scalarOf((float) power2)) {
            runner.feed(rate, rateNow).feed(beta1Power, power1Now).feed(beta2Power, power2Now);
            runner.addTarget(train).run().close();
          }
        } else {
          runner.feed(rate, fixedRate).addTarget(train).run().close();
        }
        step++;
      }
    }

    @Override
    public void predict(int first, int count) {
      if (count > 1 && first != testBatchFirst) {
        testBatch.close();
        testBatch = rows(data.testImages(), first, count);
        testBatchFirst = first;
      }
      TFloat32 input = count == 1 ? singles.get(first) : testBatch;
      try (Result result = session.runner().feed(images, input).fetch(predictions).run()) {
        if (count > 1) {
          probabilities = new float[count * MnistArrays.CLASSES];
          ((TFloat32) result.get(0)).copyTo(DataBuffers.of(probabilities, false, false));
        }
      }
    }

    @Override
    public float[] probabilities() {
      return probabilities;
    }

    @Override
    public void close() {
      session.close();
      graph.close();
      batches.forEach(TFloat32::close);
      batchLabels.forEach(TInt32::close);
      singles.forEach(TFloat32::close);
    }
  }
}
