package dev.neurite.nn.sparse;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.SparseWeights;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer whose kernel is compressed; nobody writes its arrays.
 *
 * @param byInput the kernel's weights, padded, a line for each input: a single input walks the
 *     lines of its elements that are not zero
 * @param byOutput the same weights, a line for each output: a block keeps an output's sums in
 *     registers
 * @param bias one value for each output
 * @param function elementwise activation, or null for none
 * @param slope the function's parameter
 * @param finite whether every weight is finite, so that a zero input adds nothing
 */
@SuppressWarnings("ArrayRecordComponent") // bare arrays for the inner loops, never compared
public record SparseLayer(
    SparseWeights byInput,
    SparseWeights byOutput,
    float[] bias,
    @Nullable ActivationFunction function,
    float slope,
    boolean finite) {
  /**
   * Compresses a kernel and copies its bias.
   *
   * @param kernel {@code in × out}, read
   * @param bias {@code 1 × out}, read
   * @param f elementwise activation, or null for none
   * @param slope the function's parameter
   */
  public static SparseLayer of(
      FMatrixRMaj kernel, FMatrixRMaj bias, @Nullable ActivationFunction f, float slope) {
    int in = kernel.numRows;
    int out = kernel.numCols;
    SparseWeights byOutput = SparseWeights.byColumn(kernel.data, in, out);
    boolean finite = true;
    for (float weight : byOutput.values()) {
      finite &= Float.isFinite(weight);
    }
    return new SparseLayer(
        SparseWeights.byRow(kernel.data, in, out).padded(out),
        byOutput,
        Arrays.copyOf(bias.data, out),
        f,
        slope,
        finite);
  }

  /** Number of inputs. */
  public int inputs() {
    return byInput.lines();
  }

  /** Number of outputs. */
  public int outputs() {
    return byOutput.lines();
  }
}
