package dev.neurite.nn.sparse;

import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.SparseProducts;
import dev.neurite.nn.model.Activation;
import dev.neurite.nn.model.DenseSpec;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.ModelSpec;
import dev.neurite.nn.model.RescalingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A frozen copy of a network that keeps and computes with the weights that are not zero only; it
 * answers many threads at once.
 *
 * <p>Its outputs are those of the dense network but for the last bits, because the products are
 * added in another grouping; the same row gives the same bits alone, in any batch and on any number
 * of threads. A weight of exactly 0 (of either sign) counts as not there: an input that is infinite
 * or NaN does not reach across it, while in the dense network infinity times 0 is NaN.
 *
 * <p>One input: the weights stand by input, and only the lines of inputs and of hidden values that
 * are not zero are walked; pixels and the results of ReLU are mostly zeros. Many inputs: the
 * weights stand by output, and blocks of {@link SparseProducts#BLOCK} rows are computed with one
 * multiply-add per weight and vector of rows. Holding the weights in both orders takes 12 bytes for
 * each, so a network is smaller than a dense one from two thirds of zeros on.
 */
public final class SparseModel {
  /** Work areas that are kept between calls; more threads at once take memory. */
  private static final int KEPT_AREAS = 16;

  /** Up to this many rows are answered one by one: a block would mostly compute rows unasked. */
  private static final int SINGLE_ROWS = 16;

  /** Below this many rows for each thread, a batch is not worth another thread. */
  private static final int SMALLEST_PART = SparseProducts.BLOCK;

  /** Largest share of kept weights at which one input is faster than in the dense network. */
  private static final double LARGEST_SINGLE_DENSITY = 0.2;

  /** The same for batches. */
  private static final double LARGEST_BATCH_DENSITY = 0.25;

  private final ModelSpec spec;
  private final SparseLayer[] layers;
  private final float factor;
  private final int width;
  private final Supplier<Kernels> kernels;
  private final SparseProducts products;
  private final AtomicReferenceArray<@Nullable WorkArea> areas =
      new AtomicReferenceArray<>(KEPT_AREAS);

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
    kernels = KernelChooser.choose(engine.kernel().name().toLowerCase(Locale.ROOT));
    products = SparseProducts.of(kernels.get().name());
    List<SparseLayer> compressed = new ArrayList<>();
    int widest = spec.inputs();
    List<DenseSpec> dense = spec.denseLayers();
    for (int i = 0; i < dense.size(); i++) {
      Activation activation = dense.get(i).activation();
      compressed.add(
          SparseLayer.of(
              model.kernel(i).value(),
              model.bias(i).value(),
              function(activation),
              activation.slope()));
      widest = Math.max(widest, dense.get(i).units());
    }
    layers = compressed.toArray(new SparseLayer[0]);
    width = widest;
    factor = spec.layers().get(0) instanceof RescalingSpec rescaling ? rescaling.factor() : 1;
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
   * <p>The bound was measured, see {@code benchmarks/RESULTS.md}.
   */
  public static boolean pays(Model model) {
    return density(model) <= LARGEST_SINGLE_DENSITY;
  }

  /** The same as {@link #pays} for batches. */
  public static boolean paysInBatches(Model model) {
    return density(model) <= LARGEST_BATCH_DENSITY;
  }

  /** The share of kernel weights that are not zero. */
  private static double density(Model model) {
    long kept = 0;
    long all = 0;
    for (int layer = 0; layer < model.spec().denseLayers().size(); layer++) {
      int size = model.kernel(layer).size();
      float[] values = model.kernel(layer).value().data;
      for (int i = 0; i < size; i++) {
        kept += values[i] != 0 ? 1 : 0;
      }
      all += size;
    }
    return (double) kept / all;
  }

  /** What the network is. */
  public ModelSpec spec() {
    return spec;
  }

  /** Number of kernel weights that are not zero. */
  public int keptWeights() {
    int kept = 0;
    for (SparseLayer layer : layers) {
      kept += layer.byInput().size();
    }
    return kept;
  }

  /** The share of kernel weights that are zero, in [0, 1]. */
  public double sparsity() {
    long all = 0;
    for (SparseLayer layer : layers) {
      all += (long) layer.inputs() * layer.outputs();
    }
    return 1 - (double) keptWeights() / all;
  }

  /** Memory of weights and biases; the dense network's is four bytes for each parameter. */
  public long bytes() {
    long bytes = 0;
    for (SparseLayer layer : layers) {
      bytes += layer.byInput().bytes() + layer.byOutput().bytes();
      bytes += (long) Float.BYTES * layer.outputs();
    }
    return bytes;
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
   * The outputs for one input, without taking memory after the first calls.
   *
   * @param input {@link ModelSpec#inputs()} values, read
   * @param output overwritten, {@link ModelSpec#outputs()} values
   * @throws IllegalArgumentException if one has another length
   */
  public void predict(float[] input, float[] output) {
    requireLength("input", input.length, spec.inputs());
    requireLength("output", output.length, spec.outputs());
    WorkArea area = borrow();
    predictOne(area, input, 0, output, 0);
    giveBack(area);
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
    predictRows(inputs, outputs, 0, count);
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
        .run((k, from, to) -> predictRows(inputs, outputs, from, to), count, SMALLEST_PART);
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

  private WorkArea borrow() {
    for (int i = 0; i < KEPT_AREAS; i++) {
      WorkArea area = areas.get(i);
      if (area != null && areas.compareAndSet(i, area, null)) {
        return area;
      }
    }
    return new WorkArea(kernels.get(), width, spec.outputs());
  }

  private void giveBack(WorkArea area) {
    for (int i = 0; i < KEPT_AREAS; i++) {
      if (areas.get(i) == null && areas.compareAndSet(i, null, area)) {
        return;
      }
    }
  }

  private void predictRows(float[] inputs, float[] outputs, int from, int to) {
    WorkArea area = borrow();
    int row = from;
    while (to - row > SINGLE_ROWS) {
      int rows = Math.min(SparseProducts.BLOCK, to - row);
      predictBlock(area, inputs, row, rows, outputs);
      row += rows;
    }
    for (; row < to; row++) {
      predictOne(area, inputs, row * spec.inputs(), outputs, row * spec.outputs());
    }
    giveBack(area);
  }

  private void predictOne(WorkArea area, float[] inputs, int at, float[] outputs, int outputAt) {
    float[] x = inputs;
    int offset = at;
    float scale = factor;
    float[] sums = area.sums;
    for (SparseLayer layer : layers) {
      int count = compress(x, offset, layer.inputs(), scale, !layer.finite(), area);
      System.arraycopy(layer.bias(), 0, sums, 0, layer.outputs());
      products.addOne(layer.byInput(), area.places, area.elements, count, sums);
      x = activate(area, layer, sums, area.results, layer.outputs());
      offset = 0;
      scale = 1;
    }
    int out = spec.outputs();
    if (isSoftmax()) {
      area.kernels.softmax(out, x, area.results, 0, 1);
      x = area.results;
    }
    System.arraycopy(x, 0, outputs, outputAt, out);
  }

  private boolean isSoftmax() {
    return spec.outputLayer().activation().function() == Activation.Function.SOFTMAX;
  }

  /**
   * Collects the elements of one row that are not zero, times a factor, and returns how many; NaN
   * counts as an element.
   *
   * <p>Without a branch, which could not be foretold: the sign bit of {@code b | -b} is set for all
   * {@code b} but 0. Comparing floats would branch.
   *
   * @param all whether zeros are collected too
   */
  private static int compress(
      float[] x, int offset, int size, float scale, boolean all, WorkArea area) {
    int[] places = area.places;
    float[] elements = area.elements;
    int always = all ? 1 : 0;
    int count = 0;
    for (int i = 0; i < size; i++) {
      float value = scale * x[offset + i];
      places[count] = i;
      elements[count] = value;
      int withoutSign = Float.floatToRawIntBits(value) << 1;
      count += (withoutSign | -withoutSign) >>> 31 | always;
    }
    return count;
  }

  /** Returns where the results stand: without an activation they are the sums. */
  private static float[] activate(
      WorkArea area, SparseLayer layer, float[] sums, float[] results, int size) {
    ActivationFunction f = layer.function();
    if (f == null) {
      return sums;
    }
    area.kernels.activate(f, layer.slope(), sums, results, 0, size);
    return results;
  }

  private void predictBlock(WorkArea area, float[] inputs, int row, int rows, float[] outputs) {
    area.prepareBlocks();
    float[][] x = area.blockResults();
    fillBlock(inputs, row * spec.inputs(), rows, x);
    float[][] sums = area.blockSums();
    int last = layers.length - 1;
    for (int i = 0; i <= last; i++) {
      SparseLayer layer = layers[i];
      products.multiplyBlock(layer.byOutput(), layer.bias(), x, rows, sums);
      if (i < last && layer.function() != null) {
        for (int j = 0; j < layer.outputs(); j++) {
          activate(area, layer, sums[j], x[j], rows);
        }
      } else {
        float[][] free = x;
        x = sums;
        sums = free;
      }
    }
    int out = spec.outputs();
    float[] logits = area.logits;
    for (int j = 0; j < out; j++) {
      float[] unit = x[j];
      for (int i = 0; i < rows; i++) {
        logits[i * out + j] = unit[i];
      }
    }
    float[] results;
    if (isSoftmax()) {
      area.kernels.softmax(out, logits, area.outputs, 0, rows);
      results = area.outputs;
    } else {
      results = activate(area, layers[last], logits, area.outputs, rows * out);
    }
    System.arraycopy(results, 0, outputs, row * out, rows * out);
  }

  /** Turns rows of inputs into an array for each input, times the factor. */
  private void fillBlock(float[] inputs, int offset, int rows, float[][] x) {
    int in = spec.inputs();
    for (int p = 0; p < in; p++) {
      float[] unit = x[p];
      int at = offset + p;
      for (int i = 0; i < rows; i++) {
        unit[i] = factor * inputs[at + i * in];
      }
    }
  }
}
