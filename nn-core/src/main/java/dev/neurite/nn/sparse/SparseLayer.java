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
 * @param blocks the kernel's weights in blocks, where they stand mostly in whole ones; null
 *     elsewhere
 * @param byInput the weights, padded, a line for each input: a single input walks the lines of its
 *     elements that are not zero; null where there are blocks
 * @param byOutput the same weights, a line for each output: a block of rows keeps an output's sums
 *     in registers; null where there are blocks
 * @param bias one value for each output, filled up to {@link WeightBlocks#paddedOutputs}
 * @param function elementwise activation, or null for none
 * @param slope the function's parameter
 * @param inputs number of inputs
 * @param outputs number of outputs
 * @param finite whether every weight is finite, so that a zero input adds nothing
 */
@SuppressWarnings("ArrayRecordComponent") // bare arrays for the inner loops, never compared
public record SparseLayer(
    @Nullable WeightBlocks blocks,
    @Nullable SparseWeights byInput,
    @Nullable SparseWeights byOutput,
    float[] bias,
    @Nullable ActivationFunction function,
    float slope,
    int inputs,
    int outputs,
    boolean finite) {
  /**
   * With a smaller share of weights in the blocks that are not empty, walking weight by weight is
   * faster: it skips inputs that are zero. Measured, see {@code benchmarks/RESULTS.md}.
   */
  private static final double SMALLEST_FILLED = 0.3;

  /** Checks that the weights are there in one form. */
  public SparseLayer {
    if ((byInput == null) == (blocks == null) || (byOutput == null) == (blocks == null)) {
      throw new IllegalArgumentException(
          "needs the weights in blocks, or by input and by output, not both");
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
    return new SparseLayer(
        inBlocks ? WeightBlocks.of(kernel.data, in, out, columns) : null,
        inBlocks ? null : SparseWeights.byRow(kernel.data, in, out).padded(out),
        inBlocks ? null : SparseWeights.byColumn(kernel.data, in, out),
        Arrays.copyOf(Arrays.copyOf(bias.data, out), WeightBlocks.paddedOutputs(out)),
        f,
        slope,
        in,
        out,
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

  /** Number of weights that are not zero. */
  public int keptWeights() {
    return blocks != null ? blocks.kept() : byOutput != null ? byOutput.size() : 0;
  }

  /** The inputs that are multiplied by any weight, ascending. */
  public int[] usedInputs() {
    return blocks != null
        ? blocks.usedInputs()
        : byOutput != null ? byOutput.usedPlaces() : new int[0];
  }

  /** Memory of weights and bias. */
  public long bytes() {
    return (blocks == null ? 0 : blocks.bytes())
        + (byInput == null ? 0 : byInput.bytes())
        + (byOutput == null ? 0 : byOutput.bytes())
        + (long) Float.BYTES * bias.length;
  }
}
