package dev.neurite.nn.sparse;

import dev.neurite.nn.kernel.ActivationFunction;
import dev.neurite.nn.kernel.SparseWeights;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer whose kernel is compressed.
 *
 * @param byInput the kernel's weights, a line for each input: a single input walks the lines of its
 *     elements that are not zero
 * @param byOutput the same weights, a line for each output: a block keeps an output's sums in
 *     registers
 * @param bias one value for each output
 * @param function elementwise activation, or null for none
 * @param slope the function's parameter
 * @param finite whether every weight is finite, so that a zero input adds nothing
 */
record SparseLayer(
    SparseWeights byInput,
    SparseWeights byOutput,
    float[] bias,
    @Nullable ActivationFunction function,
    float slope,
    boolean finite) {
  /** Compresses a kernel, {@code in × out}, and copies its bias. */
  static SparseLayer of(
      FMatrixRMaj kernel, FMatrixRMaj bias, @Nullable ActivationFunction f, float slope) {
    int in = kernel.numRows;
    int out = kernel.numCols;
    SparseWeights byOutput = SparseWeights.byColumn(kernel.data, in, out);
    boolean finite = true;
    for (float weight : byOutput.values()) {
      finite &= Float.isFinite(weight);
    }
    return new SparseLayer(
        SparseWeights.byRow(kernel.data, in, out),
        byOutput,
        Arrays.copyOf(bias.data, out),
        f,
        slope,
        finite);
  }

  int inputs() {
    return byInput.lines();
  }

  int outputs() {
    return byOutput.lines();
  }
}
