package dev.neurite.nn.sparse;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.SparseProducts;
import dev.neurite.nn.kernel.SparseWeights;
import dev.neurite.nn.kernel.WeightBlocks;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Layers of compressed kernels that answer, one input or blocks of them; many threads may ask at
 * once.
 *
 * <p>One input: where weights stand one by one, only the lines of inputs and of hidden values that
 * are not zero are walked; pixels and the results of ReLU are mostly zeros. Blocks of weights are
 * all multiplied, but for those in the margins of an image. Many inputs: blocks of {@link
 * SparseProducts#BLOCK} rows are computed with one multiply-add per weight and vector of rows. The
 * same row gives the same bits either way.
 */
public final class SparseNetwork {
  /** Work areas that are kept between calls; more threads at once take memory. */
  private static final int KEPT_AREAS = 16;

  /** Up to this many rows are answered one by one: a block would mostly compute rows unasked. */
  private static final int SINGLE_ROWS = 16;

  /** Rows that are turned over at a time. */
  private static final int TURNED_ROWS = 32;

  private final SparseLayer[] layers;

  /** The inputs that have a weight; the others are not read. */
  private final int[] usedInputs;

  private final float factor;
  private final boolean softmax;
  private final int width;
  private final Supplier<Kernels> kernels;
  private final SparseProducts products;

  /** Whether any layer stands in blocks, which zeros may fill. */
  private final boolean inBlocks;

  private final AtomicReferenceArray<@Nullable WorkArea> areas =
      new AtomicReferenceArray<>(KEPT_AREAS);

  /**
   * Takes the layers.
   *
   * @param layers at least one, each with as many inputs as the one before has outputs
   * @param factor what inputs are multiplied by
   * @param softmax whether the last layer's sums become probabilities
   * @param kernels makes what computes, an object for each work area
   */
  public SparseNetwork(
      List<SparseLayer> layers, float factor, boolean softmax, Supplier<Kernels> kernels) {
    this.layers = layers.toArray(new SparseLayer[0]);
    usedInputs = this.layers[0].usedInputs();
    this.factor = factor;
    this.softmax = softmax;
    this.kernels = kernels;
    products = SparseProducts.of(kernels.get().name());
    inBlocks = layers.stream().anyMatch(layer -> layer.blocks() != null);
    int widest = this.layers[0].inputs();
    for (SparseLayer layer : this.layers) {
      widest = Math.max(widest, layer.outputs());
    }
    width = widest;
  }

  private int inputs() {
    return layers[0].inputs();
  }

  private int outputs() {
    return layers[layers.length - 1].outputs();
  }

  /** Number of kernel weights that are not zero. */
  public int keptWeights() {
    int kept = 0;
    for (SparseLayer layer : layers) {
      kept += layer.keptWeights();
    }
    return kept;
  }

  /** Number of kernel weights, zeros among them. */
  public long weights() {
    long all = 0;
    for (SparseLayer layer : layers) {
      all += (long) layer.inputs() * layer.outputs();
    }
    return all;
  }

  /** Memory of weights and biases. */
  public long bytes() {
    long bytes = 0;
    for (SparseLayer layer : layers) {
      bytes += layer.bytes();
    }
    return bytes;
  }

  /**
   * The outputs for one input, without taking memory after the first calls where they are finite.
   *
   * @param input one value for each input, read
   * @param output overwritten, one value for each output
   */
  public void predict(float[] input, float[] output) {
    WorkArea area = borrow();
    predictOne(area, input, 0, output, 0);
    giveBack(area);
  }

  /**
   * The outputs for some rows of many, on the caller's thread.
   *
   * @param inputs row after row, read
   * @param outputs row after row; rows {@code from} to {@code to} (exclusive) are overwritten
   */
  public void predictRows(float[] inputs, float[] outputs, int from, int to) {
    WorkArea area = borrow();
    int row = from;
    while (to - row > SINGLE_ROWS) {
      int rows = Math.min(SparseProducts.BLOCK, to - row);
      predictBlock(area, false, inputs, row * inputs(), rows, outputs, row * outputs());
      row += rows;
    }
    for (; row < to; row++) {
      predictOne(area, inputs, row * inputs(), outputs, row * outputs());
    }
    giveBack(area);
  }

  private WorkArea borrow() {
    for (int i = 0; i < KEPT_AREAS; i++) {
      WorkArea area = areas.get(i);
      if (area != null && areas.compareAndSet(i, area, null)) {
        return area;
      }
    }
    return new WorkArea(kernels.get(), width, outputs());
  }

  private void giveBack(WorkArea area) {
    for (int i = 0; i < KEPT_AREAS; i++) {
      if (areas.get(i) == null && areas.compareAndSet(i, null, area)) {
        return;
      }
    }
  }

  private void predictOne(WorkArea area, float[] inputs, int at, float[] outputs, int outputAt) {
    float[] x = inputs;
    int offset = at;
    float scale = factor;
    for (SparseLayer layer : layers) {
      float[] sums = x == area.sums ? area.results : area.sums;
      SparseWeights byInput = layer.byInput();
      WeightBlocks blocks = layer.blocks();
      boolean relu = blocks != null && layer.function() == ActivationFunction.RELU;
      if (byInput != null) {
        int count = compress(x, offset, layer.inputs(), scale, !layer.finite(), area);
        System.arraycopy(layer.bias(), 0, sums, 0, layer.outputs());
        products.addOne(byInput, area.places, area.elements, count, sums);
        for (int j = 0; j < layer.outputs(); j++) {
          sums[j] += 0f; // -0 becomes +0
        }
      } else if (blocks != null) {
        float[] row = scaled(x, offset, layer.inputs(), scale, area);
        products.multiplyOne(blocks, layer.bias(), row, relu, sums);
      }
      if (!relu) {
        activate(area, layer, sums, layer.outputs());
      }
      x = sums;
      offset = 0;
      scale = 1;
    }
    int out = outputs();
    if (inBlocks && !areFinite(x, 0, out)) {
      predictBlock(area, true, inputs, at, 1, outputs, outputAt);
      return;
    }
    if (softmax) {
      area.kernels.softmax(out, x, x, 0, 1);
    }
    System.arraycopy(x, 0, outputs, outputAt, out);
  }

  private static boolean areFinite(float[] values, int from, int to) {
    boolean finite = true;
    for (int i = from; i < to; i++) {
      finite &= Float.isFinite(values[i]);
    }
    return finite;
  }

  /** A row times a factor: the given array itself where the row is all of it and that is 1. */
  private static float[] scaled(float[] x, int offset, int size, float scale, WorkArea area) {
    if (offset == 0 && scale == 1) {
      return x;
    }
    float[] elements = area.elements;
    System.arraycopy(x, offset, elements, 0, size); // two loops, because both become vector code
    for (int i = 0; i < size; i++) {
      elements[i] *= scale;
    }
    return elements;
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

  private static void activate(WorkArea area, SparseLayer layer, float[] sums, int size) {
    ActivationFunction f = layer.function();
    if (f != null) {
      area.kernels.activate(f, layer.slope(), sums, sums, 0, size);
    }
  }

  /**
   * Answers a block of rows. Where an input is infinite or NaN, the zeros that fill blocks make NaN
   * of it, which no layer loses; so rows whose outputs are not finite are answered again.
   *
   * @param withoutZeros whether to leave those zeros out, which is slower
   */
  private void predictBlock(
      WorkArea area,
      boolean withoutZeros,
      float[] inputs,
      int at,
      int rows,
      float[] outputs,
      int outputAt) {
    area.prepareBlocks();
    float[][] x = area.blockResults();
    fillBlock(inputs, at, rows, x);
    float[][] sums = area.blockSums();
    int last = layers.length - 1;
    for (int i = 0; i <= last; i++) {
      SparseLayer layer = layers[i];
      WeightBlocks blocks = layer.blocks();
      SparseWeights byOutput = layer.byOutput();
      boolean relu = i < last && blocks != null && layer.function() == ActivationFunction.RELU;
      if (blocks != null && withoutZeros) {
        products.multiplyBlockWithoutZeros(blocks, layer.bias(), x, rows, relu, area.scratch, sums);
      } else if (blocks != null) {
        products.multiplyBlock(blocks, layer.bias(), x, rows, relu, area.scratch, sums);
      } else if (byOutput != null) {
        products.multiplyBlock(byOutput, layer.bias(), x, rows, sums);
      }
      for (int j = 0; i < last && !relu && j < layer.outputs(); j++) {
        activate(area, layer, sums[j], rows);
      }
      float[][] free = x;
      x = sums;
      sums = free;
    }
    int out = outputs();
    float[] logits = area.logits;
    for (int j = 0; j < out; j++) {
      float[] unit = x[j];
      for (int i = 0; i < rows; i++) {
        logits[i * out + j] = unit[i];
      }
    }
    if (softmax) {
      area.kernels.softmax(out, logits, logits, 0, rows);
    } else {
      activate(area, layers[last], logits, rows * out);
    }
    System.arraycopy(logits, 0, outputs, outputAt, rows * out);
    for (int i = 0; i < rows && inBlocks && !withoutZeros; i++) {
      int to = outputAt + i * out;
      if (!areFinite(outputs, to, to + out)) {
        predictBlock(area, true, inputs, at + i * inputs(), 1, outputs, to);
      }
    }
  }

  /**
   * Turns rows of inputs into an array for each input that is used, times the factor: a few rows at
   * a time, so that no more of them come from memory at once than a processor fetches ahead.
   */
  private void fillBlock(float[] inputs, int offset, int rows, float[][] x) {
    int in = inputs();
    for (int from = 0; from < rows; from += TURNED_ROWS) {
      int to = Math.min(rows, from + TURNED_ROWS);
      for (int p : usedInputs) {
        float[] unit = x[p];
        int at = offset + p;
        for (int i = from; i < to; i++) {
          unit[i] = factor * inputs[at + i * in];
        }
      }
    }
  }
}
