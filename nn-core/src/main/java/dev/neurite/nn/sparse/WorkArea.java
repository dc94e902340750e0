package dev.neurite.nn.sparse;

import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.SparseProducts;
import dev.neurite.nn.kernel.WeightBlocks;

/** The memory of one prediction at a time. */
final class WorkArea {
  /** Activations; an object of its own, because it owns scratch memory. */
  final Kernels kernels;

  /** Elements of one input that are not zero. */
  final int[] places;

  final float[] elements;

  /** Results of every other layer. */
  final float[] sums;

  /** Results of the layers between. */
  final float[] results;

  /** The same for a block; made when the first one comes. */
  private float[][] blockSums = {};

  private float[][] blockResults = {};

  /** For the products of blocks of rows. */
  float[][] scratch = {};

  /** Output rows of a block. */
  float[] logits = {};

  private final int width;
  private final int outputWidth;

  /**
   * Takes the memory for single inputs.
   *
   * @param width largest number of inputs or units
   */
  WorkArea(Kernels kernels, int width, int outputWidth) {
    this.kernels = kernels;
    this.width = width;
    this.outputWidth = outputWidth;
    places = new int[width];
    elements = new float[width];
    sums = new float[WeightBlocks.paddedOutputs(width) + 1]; // one for the paddings of lines
    results = new float[sums.length];
  }

  /** Takes the memory for blocks, once. */
  void prepareBlocks() {
    if (blockSums.length == 0) {
      blockSums = new float[width][SparseProducts.BLOCK];
      blockResults = new float[width][SparseProducts.BLOCK];
      scratch = new float[WeightBlocks.WIDTH][SparseProducts.BLOCK];
      logits = new float[outputWidth * SparseProducts.BLOCK];
    }
  }

  float[][] blockSums() {
    return blockSums;
  }

  float[][] blockResults() {
    return blockResults;
  }
}
