package dev.neurite.nn.sparse;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.ColumnOrder;
import dev.neurite.nn.kernel.SparseWeights;
import dev.neurite.nn.kernel.WeightBlocks;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer whose kernel is compressed; nobody writes its arrays.
 *
 * @param byInput the kernel's weights, padded, a line for each input: a single input walks the
 *     lines of its elements that are not zero; null where there are blocks
 * @param blocks the weights in blocks, for a single input, where they stand mostly in whole ones;
 *     null elsewhere
 * @param byOutput the same weights, a line for each output: a block of rows keeps an output's sums
 *     in registers
 * @param bias one value for each output, filled up to {@link WeightBlocks#paddedOutputs}
 * @param function elementwise activation, or null for none
 * @param slope the function's parameter
 * @param inputs number of inputs
 * @param finite whether every weight is finite, so that a zero input adds nothing
 */
@SuppressWarnings("ArrayRecordComponent") // bare arrays for the inner loops, never compared
public record SparseLayer(
    @Nullable SparseWeights byInput,
    @Nullable WeightBlocks blocks,
    SparseWeights byOutput,
    float[] bias,
    @Nullable ActivationFunction function,
    float slope,
    int inputs,
    boolean finite) {
  /**
   * With a smaller share of weights in the blocks that are not empty, walking weight by weight is
   * faster: it skips inputs that are zero. Measured, see {@code benchmarks/RESULTS.md}.
   */
  private static final double SMALLEST_FILLED = 0.3;

  /** Checks that the weights are there for a single input, in one form. */
  public SparseLayer {
    if ((byInput == null) == (blocks == null)) {
      throw new IllegalArgumentException("needs the weights by input or in blocks, not both");
    }
  }

  /**
   * Compresses a kernel and copies its bias.
   *
   * @param kernel {@code in × out}, read
   * @param bias {@code 1 × out}, read
   * @param f elementwise activation, or null for none
   * @param slope the function's parameter
   * @param image whether its inputs may be those of an image, with margins of zeros
   */
  public static SparseLayer of(
      FMatrixRMaj kernel,
      FMatrixRMaj bias,
      @Nullable ActivationFunction f,
      float slope,
      boolean image) {
    int in = kernel.numRows;
    int out = kernel.numCols;
    boolean finite = true;
    for (int i = 0; i < in * out; i++) {
      finite &= Float.isFinite(kernel.data[i]);
    }
    boolean inBlocks = isInBlocks(kernel);
    int columns = image && inBlocks && finite ? ColumnOrder.columns(in) : ColumnOrder.ONE_COLUMN;
    WeightBlocks blocks = inBlocks ? WeightBlocks.of(kernel.data, in, out, columns) : null;
    return new SparseLayer(
        inBlocks ? null : SparseWeights.byRow(kernel.data, in, out).padded(out),
        blocks,
        blocks == null
            ? SparseWeights.byColumn(kernel.data, in, out)
            : SparseWeights.byColumn(kernel.data, blocks),
        Arrays.copyOf(Arrays.copyOf(bias.data, out), WeightBlocks.paddedOutputs(out)),
        f,
        slope,
        in,
        finite);
  }

  /** Whether the weights of a kernel stand mostly in whole blocks. */
  public static boolean isInBlocks(FMatrixRMaj kernel) {
    int size = kernel.getNumElements();
    int kept = 0;
    for (int i = 0; i < size; i++) {
      kept += kernel.data[i] != 0 ? 1 : 0;
    }
    long places = WeightBlocks.places(kernel.data, kernel.numRows, kernel.numCols);
    return kept > 0 && kept >= SMALLEST_FILLED * places;
  }

  /** Number of outputs. */
  public int outputs() {
    return byOutput.lines();
  }

  /** Memory of weights and bias. */
  public long bytes() {
    return byOutput.bytes()
        + (byInput == null ? 0 : byInput.bytes())
        + (blocks == null ? 0 : blocks.bytes())
        + (long) Float.BYTES * bias.length;
  }
}
