package dev.neurite.nn.model;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.autodiff.Parameter;
import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.SparseProducts;
import dev.neurite.nn.kernel.WeightBlocks;
import dev.neurite.nn.sparse.SparseLayer;
import dev.neurite.nn.sparse.SparseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.jspecify.annotations.Nullable;

/**
 * A frozen copy of a network that keeps and computes with the weights that are not zero only; it
 * answers many threads at once.
 *
 * <p>Its outputs are those of the dense network but for the last bits, because the products are
 * added in another grouping; the same row gives the same bits alone, in any batch and on any number
 * of threads. A weight of exactly 0 (of either sign) counts as not there: an input that is infinite
 * or NaN does not reach across it, while in the dense network infinity times 0 is NaN. A rescaling
 * of the inputs by a small power of two is that of the first weights here, so it does not overflow.
 *
 * <p>Where the weights of a layer stand mostly in whole blocks of neighbouring ones, as a {@code
 * WeightPruning} in blocks leaves them, one input is answered by vectors of outputs, and a batch
 * reads an input once for several of them. Inputs of the network that are a square in number are
 * taken for an image, whose empty columns left and right then cost nothing; what is answered does
 * not depend on whether they are one.
 *
 * <p>Weights one by one are held both by input and by output, which takes 12 bytes for each, blocks
 * once, in four to five bytes for each of their places; so a network is smaller than a dense one
 * from two thirds of zeros on. A {@link Predictor} takes this form by itself where it is faster.
 */
public final class SparseModel {
  /** Below this many rows for each thread, a batch is not worth another thread. */
  private static final int SMALLEST_PART = SparseProducts.BLOCK;

  /** Largest share of kept weights at which one input is faster than in the dense network. */
  private static final double LARGEST_SINGLE_DENSITY = 0.05;

  /** The same for batches. */
  private static final double LARGEST_BATCH_DENSITY = 0.18;

  /** The same for both where weights stand in blocks; the places of a block all count. */
  private static final double LARGEST_BLOCK_DENSITY = 0.2;

  /** Weights that are counted before it is asked whether that is enough. */
  private static final int COUNTED = 1 << 12;

  private final ModelSpec spec;
  private final SparseNetwork network;

  /** Copies a network's values now. */
  public SparseModel(Model model) {
    this(model, EngineSpec.defaults());
  }

  /**
   * Copies a network's values now.
   *
   * @param engine which kernel to run; the threads are those of the callers
   * @throws IllegalStateException if the kernel asked for is not there
   */
  public SparseModel(Model model, EngineSpec engine) {
    spec = model.spec();
    float factor = spec.layers().get(0) instanceof RescalingSpec rescaling ? rescaling.factor() : 1;
    List<SparseLayer> layers = new ArrayList<>();
    List<DenseSpec> dense = spec.denseLayers();
    for (int i = 0; i < dense.size(); i++) {
      Activation activation = dense.get(i).activation();
      FMatrixRMaj kernel = model.kernel(i).value();
      if (i == 0
          && factor != 1
          && CompressedRows.isMovable(factor)
          && staysFinite(kernel, factor)) {
        kernel = scaled(kernel, factor);
        factor = 1; // so that inputs need not be copied
      }
      layers.add(
          SparseLayer.of(
              kernel, model.bias(i).value(), function(activation), activation.slope(), i == 0));
    }
    network =
        new SparseNetwork(
            layers,
            factor,
            spec.outputLayer().activation().function() == Activation.Function.SOFTMAX,
            KernelChooser.choose(engine.kernel().name().toLowerCase(Locale.ROOT)));
  }

  private static boolean staysFinite(FMatrixRMaj kernel, float factor) {
    boolean finite = true;
    for (int i = 0; i < kernel.getNumElements(); i++) {
      finite &= Float.isFinite(factor * kernel.data[i]);
    }
    return finite;
  }

  private static FMatrixRMaj scaled(FMatrixRMaj kernel, float factor) {
    FMatrixRMaj scaled = new FMatrixRMaj(kernel.numRows, kernel.numCols);
    CommonOps_FDRM.scale(factor, kernel, scaled);
    return scaled;
  }

  /** The elementwise function of an activation; softmax and none have none. */
  private static @Nullable ActivationFunction function(Activation activation) {
    return switch (activation.function()) {
      case LINEAR, SOFTMAX -> null;
      case RELU, LEAKY_RELU, ELU, SELU, GELU, SILU, SOFTPLUS, SIGMOID, TANH ->
          ActivationFunction.valueOf(activation.function().name());
    };
  }

  /**
   * Whether a network has so many zeros that one input at a time is answered faster by a sparse
   * model than by the dense one; a pure function of its values.
   *
   * <p>The bounds were measured, see {@code benchmarks/RESULTS.md}: a twentieth of the weights
   * where they stand one by one, a fifth where they stand in blocks of {@value WeightBlocks#WIDTH}.
   * With layers of both kinds, each adds its share of the bound.
   */
  public static boolean pays(Model model) {
    return pays(model, LARGEST_SINGLE_DENSITY);
  }

  /**
   * The same as {@link #pays} for batches, where up to 18 % of the weights may be left if they
   * stand one by one.
   */
  public static boolean paysInBatches(Model model) {
    return pays(model, LARGEST_BATCH_DENSITY);
  }

  private static boolean pays(Model model, double largestDensity) {
    if (isDenserThan(LARGEST_BLOCK_DENSITY, model)) {
      return false; // whatever they stand in
    }
    double share = 0;
    long all = 0;
    for (int layer = 0; layer < model.spec().denseLayers().size(); layer++) {
      FMatrixRMaj kernel = model.kernel(layer).value();
      share +=
          SparseLayer.isInBlocks(kernel)
              ? WeightBlocks.places(kernel.data, kernel.numRows, kernel.numCols)
                  / LARGEST_BLOCK_DENSITY
              : kept(model.kernel(layer), 0, model.kernel(layer).size()) / largestDensity;
      all += model.kernel(layer).size();
    }
    return share <= all;
  }

  /**
   * Whether more than a share of the kernel weights are not zero; of a dense network it looks only
   * at so many as that takes.
   */
  private static boolean isDenserThan(double share, Model model) {
    List<Parameter> kernels = new ArrayList<>();
    long all = 0;
    for (int layer = 0; layer < model.spec().denseLayers().size(); layer++) {
      kernels.add(model.kernel(layer));
      all += model.kernel(layer).size();
    }
    long kept = 0;
    for (Parameter kernel : kernels) {
      for (int from = 0; from < kernel.size(); from += COUNTED) {
        kept += kept(kernel, from, Math.min(kernel.size(), from + COUNTED));
        if (kept > share * all) {
          return true;
        }
      }
    }
    return false;
  }

  private static int kept(Parameter kernel, int from, int to) {
    int kept = 0;
    for (int i = from; i < to; i++) {
      kept += kernel.value().data[i] != 0 ? 1 : 0;
    }
    return kept;
  }

  /** The layers themselves. */
  SparseNetwork network() {
    return network;
  }

  /** What the network is. */
  public ModelSpec spec() {
    return spec;
  }

  /** Number of kernel weights that are not zero. */
  public int keptWeights() {
    return network.keptWeights();
  }

  /** The share of kernel weights that are zero, in [0, 1]. */
  public double sparsity() {
    return 1 - (double) network.keptWeights() / network.weights();
  }

  /** Memory of weights and biases; the dense network's is four bytes for each parameter. */
  public long bytes() {
    return network.bytes();
  }

  /**
   * The outputs for one input.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   * @return {@link ModelSpec#outputs()} values: probabilities where the last activation is softmax
   * @throws IllegalArgumentException if the input has another length
   */
  public float[] predict(float[] input) {
    float[] output = new float[spec.outputs()];
    predict(input, output);
    return output;
  }

  /**
   * The outputs for one input, without taking memory after the first calls where they are finite.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   * @param output overwritten, {@link ModelSpec#outputs()} values
   * @throws IllegalArgumentException if one has another length
   */
  public void predict(float[] input, float[] output) {
    requireLength("input", input.length, spec.inputs());
    requireLength("output", output.length, spec.outputs());
    network.predict(input, output);
  }

  /**
   * The outputs for many inputs, on the caller's thread.
   *
   * @param inputs {@code count × inputs}, row after row, read
   * @param count number of rows, at least 0
   * @return {@code count × outputs}, row after row
   * @throws IllegalArgumentException if the inputs have another length
   */
  public float[] predictBatch(float[] inputs, int count) {
    requireRows(inputs, count);
    float[] outputs = new float[count * spec.outputs()];
    network.predictRows(inputs, outputs, 0, count);
    return outputs;
  }

  /**
   * The outputs for many inputs, on the threads of an engine.
   *
   * @param inputs {@code count × inputs}, row after row, read
   * @param count number of rows, at least 0
   * @param engine gives its threads, for one caller at a time; the kernel stays that of this model
   * @return {@code count × outputs}, row after row
   * @throws IllegalArgumentException if the inputs have another length
   */
  public float[] predictBatch(float[] inputs, int count, Engine engine) {
    requireRows(inputs, count);
    float[] outputs = new float[count * spec.outputs()];
    engine
        .workers()
        .run((k, from, to) -> network.predictRows(inputs, outputs, from, to), count, SMALLEST_PART);
    return outputs;
  }

  private void requireRows(float[] inputs, int count) {
    long needed = (long) count * spec.inputs();
    if (count < 0 || needed != inputs.length) {
      throw new IllegalArgumentException(
          "%d inputs of %d values need %d values, received %d"
              .formatted(count, spec.inputs(), needed, inputs.length));
    }
  }

  private static void requireLength(String name, int received, int needed) {
    if (received != needed) {
      throw new IllegalArgumentException(
          "%s has %d values, needed are %d".formatted(name, received, needed));
    }
  }
}
