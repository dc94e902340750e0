package dev.neurite.nn.prune;

import dev.neurite.nn.autodiff.Mask;
import dev.neurite.nn.autodiff.Parameter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some kernels cut into blocks of neighbouring weights of one input, in the order in which they go.
 */
final class SmallestBlocks {
  private final List<Parameter> kernels;
  private final int width;
  private final BitSet[] kept;

  /** For each kernel the number of its first block, and one more. */
  private final int[] firstBlocks;

  /**
   * Cuts kernels into blocks.
   *
   * @param kernels whose weights are pruned together
   * @param width of a block; the last one of a row may be narrower
   */
  SmallestBlocks(List<Parameter> kernels, int width) {
    this.kernels = kernels;
    this.width = width;
    kept = new BitSet[kernels.size()];
    firstBlocks = new int[kernels.size() + 1];
    for (int k = 0; k < kept.length; k++) {
      Parameter kernel = kernels.get(k);
      @Nullable Mask mask = kernel.mask();
      kept[k] = new BitSet(kernel.size());
      for (int i = 0; i < kernel.size(); i++) {
        kept[k].set(i, mask == null || mask.keeps(i));
      }
      firstBlocks[k + 1] = firstBlocks[k] + kernel.rows() * blocksOfRow(kernel);
    }
  }

  private int blocksOfRow(Parameter kernel) {
    return (kernel.columns() + width - 1) / width;
  }

  /**
   * Prunes the smallest blocks, and of the last one its smallest weights.
   *
   * @param more how many of the weights that are left, at least 1
   */
  void prune(int more) {
    long[] order = order();
    int left = more;
    for (int i = 0; left > 0; i++) {
      left -= pruneBlock((int) order[i], left);
    }
    for (int k = 0; k < kept.length; k++) {
      Parameter kernel = kernels.get(k);
      kernel.prune(Mask.of(kernel.rows(), kernel.columns(), kept[k]));
    }
  }

  /** The blocks from the smallest mean magnitude up: its bits before the block's number. */
  private long[] order() {
    long[] order = new long[firstBlocks[kept.length]];
    for (int k = 0; k < kept.length; k++) {
      float[] values = kernels.get(k).value().data;
      for (int block = firstBlocks[k]; block < firstBlocks[k + 1]; block++) {
        int from = from(k, block);
        int to = to(k, block);
        double sum = 0;
        for (int i = from; i < to; i++) {
          sum += kept[k].get(i) ? Math.abs(values[i]) : 0;
        }
        // Bits of floats that are not negative are in order, NaN the last.
        order[block] = (long) Float.floatToIntBits((float) (sum / (to - from))) << 32 | block;
      }
    }
    Arrays.sort(order);
    return order;
  }

  private int from(int k, int block) {
    int blocks = blocksOfRow(kernels.get(k));
    int within = block - firstBlocks[k];
    return within / blocks * kernels.get(k).columns() + within % blocks * width;
  }

  private int to(int k, int block) {
    int columns = kernels.get(k).columns();
    int from = from(k, block);
    return Math.min(from + width, (from / columns + 1) * columns);
  }

  /** Prunes up to so many weights of a block, the smallest first; returns how many. */
  private int pruneBlock(int block, int most) {
    int k = 0;
    while (block >= firstBlocks[k + 1]) {
      k++;
    }
    int from = from(k, block);
    int to = to(k, block);
    int inBlock = kept[k].get(from, to).cardinality();
    if (inBlock <= most) {
      kept[k].clear(from, to);
      return inBlock;
    }
    float[] values = kernels.get(k).value().data;
    for (int pruned = 0; pruned < most; pruned++) {
      int smallest = kept[k].nextSetBit(from);
      for (int i = smallest; i >= 0 && i < to; i = kept[k].nextSetBit(i + 1)) {
        if (SmallestMagnitudes.magnitude(values[i])
            < SmallestMagnitudes.magnitude(values[smallest])) {
          smallest = i;
        }
      }
      kept[k].clear(smallest);
    }
    return most;
  }
}
