package dev.neurite.nn.kernel;

/**
 * Products with the weights of a pruned layer; an implementation owns no memory, so one object
 * serves all threads.
 *
 * <p>For each output the products are added in the order of the weights, each by a fused
 * multiply-add, starting from what the method says; of a list that {@link WeightBlocks} cuts in two
 * each half makes a sum. So one row and a block of rows give the same bits, but for the sign of
 * zeros where a method does not say that it gives no -0.
 */
public interface SparseProducts {
  /**
   * Rows of a block: what stands in one array for each unit. Many enough that loops over them are
   * vector code, and few enough that a block of inputs stays within the second-level cache.
   */
  int BLOCK = 128;

  /** The implementation's name, that of the {@link Kernels} it belongs to. */
  String name();

  /**
   * The implementation that belongs to kernels of a name.
   *
   * @param kernels {@link Kernels#name()}
   * @throws IllegalArgumentException if there are no kernels of that name
   * @throws IllegalStateException if the virtual machine lacks the Vector API
   */
  static SparseProducts of(String kernels) {
    return switch (kernels) {
      case "plain" -> new PlainSparseProducts();
      case "simd" -> simd();
      default ->
          throw new IllegalArgumentException("kernels must be plain or simd, received " + kernels);
    };
  }

  private static SparseProducts simd() {
    // Named, not imported: without the module the class cannot be loaded.
    String name = "dev.neurite.nn.kernel.simd.SimdSparseProducts";
    try {
      return (SparseProducts) Class.forName(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "sparse products of kernel simd need --add-modules jdk.incubator.vector", e);
    }
  }

  /**
   * One input row, given by its elements that are not zero: {@code sums[j] += Σₑ x[e] ·
   * W[inputs[e], j]}.
   *
   * @param weights read; a line for each input, {@linkplain SparseWeights#padded padded}
   * @param inputs read, {@code count} lines, ascending
   * @param x read, {@code count} values
   * @param sums accumulated, one value for each output, and one more that paddings write to
   */
  void addOne(SparseWeights weights, int[] inputs, float[] x, int count, float[] sums);

  /**
   * One input row, with the weights in blocks: {@code sums[j] = bias[j] + Σₚ x[p] · W[p, j]}, and
   * +0 in place of -0. The zeros that fill blocks are weights, too: times an input that is infinite
   * or NaN they are NaN.
   *
   * @param bias read, {@link WeightBlocks#paddedOutputs} values
   * @param x read, one value for each input
   * @param relu whether 0 takes the place of a sum that is less; NaN stays
   * @param sums overwritten, {@link WeightBlocks#paddedOutputs} values; those that belong to no
   *     output have no meaning
   */
  void multiplyOne(WeightBlocks weights, float[] bias, float[] x, boolean relu, float[] sums);

  /**
   * A block of input rows, one array of {@link #BLOCK} values for each unit: {@code sums[j][i] =
   * bias[j] + Σₚ W[p, j] · x[p][i]}, and +0 in place of -0.
   *
   * @param weights read; a line for each output
   * @param bias read, one value for each output
   * @param x read, an array for each input
   * @param rows rows that matter, at most {@link #BLOCK}; what is written beyond them has no
   *     meaning
   * @param sums overwritten, an array for each output
   */
  void multiplyBlock(SparseWeights weights, float[] bias, float[][] x, int rows, float[][] sums);

  /**
   * A block of input rows, with the weights in blocks; the same bits as {@link #multiplyOne} where
   * they are finite. The zeros that fill blocks may be weights, too.
   *
   * @param bias read, {@link WeightBlocks#paddedOutputs} values
   * @param x read, an array for each input
   * @param rows rows that matter, at most {@link #BLOCK}; what is written beyond them has no
   *     meaning
   * @param relu whether 0 takes the place of a sum that is less; NaN stays
   * @param scratch overwritten, {@link WeightBlocks#WIDTH} arrays
   * @param sums overwritten, an array for each output
   */
  void multiplyBlock(
      WeightBlocks weights,
      float[] bias,
      float[][] x,
      int rows,
      boolean relu,
      float[][] scratch,
      float[][] sums);

  /**
   * As {@link #multiplyBlock(WeightBlocks, float[], float[][], int, boolean, float[][],
   * float[][])}, but the zeros that fill blocks are left out: an input that is infinite or NaN
   * reaches only the outputs it has a weight for. Slower than the other.
   */
  void multiplyBlockWithoutZeros(
      WeightBlocks weights,
      float[] bias,
      float[][] x,
      int rows,
      boolean relu,
      float[][] scratch,
      float[][] sums);
}
