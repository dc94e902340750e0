package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@link SparseProducts} must do, held against naive loops over the
 * dense matrix in double precision; a subclass names the implementation.
 */
abstract class SparseProductsContract {
  /** Half the distance of 1 to the next float: the relative error of one rounding. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** What stands in memory that must not be written. */
  private static final float UNTOUCHED = 12345.678f;

  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67};
  private static final double[] DENSITIES = {0, 0.05, 0.5, 1};
  private static final int[] BLOCK_ROWS = {1, 15, 16, 17, 64, 65, 127, 128};

  private final SparseProducts products = SparseProducts.of(kernelName());
  private final Random random = new Random(20261125);

  /** The name of the kernels that the implementation belongs to. */
  abstract String kernelName();

  @Test
  void isTheImplementationThatWasAskedFor() {
    assertThat(products.name()).isEqualTo(kernelName());
    assertThatThrownBy(() -> SparseProducts.of("abacus"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("abacus");
  }

  /** Gaussian where kept; the second row and the third column are empty where there are such. */
  private float[] matrix(int rows, int columns, double density) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      boolean empty = density < 1 && (i / columns == 1 || i % columns == 2);
      boolean kept = random.nextDouble() < density && !empty;
      values[i] = kept ? (float) random.nextGaussian() : random.nextBoolean() ? 0f : -0f;
    }
    return values;
  }

  private float[] gaussian(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void oneRowAgreesWithTheNaiveLoop() {
    int checked = 0;
    for (int in : SIZES) {
      for (int out : SIZES) {
        for (double density : DENSITIES) {
          float[] matrix = matrix(in, out, density);
          SparseWeights weights = SparseWeights.byRow(matrix, in, out).padded(out);
          int[] inputs = new int[in];
          float[] x = new float[in];
          int count = 0;
          for (int p = 0; p < in; p++) {
            if (random.nextInt(3) > 0) {
              inputs[count] = p;
              x[count++] = (float) random.nextGaussian();
            }
          }
          float[] before = gaussian(out + 2); // the paddings write to the first behind the outputs
          before[out + 1] = UNTOUCHED;
          float[] sums = before.clone();
          products.addOne(weights, inputs, x, count, sums);
          for (int j = 0; j < out; j++) {
            double sum = before[j];
            double size = Math.abs(before[j]);
            for (int e = 0; e < count; e++) {
              double product = (double) x[e] * matrix[inputs[e] * out + j];
              sum += product;
              size += Math.abs(product);
            }
            assertThat((double) sums[j])
                .as("%d×%d, density %s, output %d", in, out, density, j)
                .isCloseTo(sum, within((count + 1) * UNIT_ROUNDOFF * size));
          }
          assertThat(sums[out + 1]).isEqualTo(UNTOUCHED);
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(SIZES.length * SIZES.length * DENSITIES.length);
  }

  @Test
  void aBlockAgreesWithTheNaiveLoopAndWithRowsOneByOne() {
    int checked = 0;
    for (int in : SIZES) {
      for (int out : new int[] {1, 7, 16, 33}) {
        for (double density : DENSITIES) {
          int rows = BLOCK_ROWS[checked % BLOCK_ROWS.length];
          float[] matrix = matrix(in, out, density);
          float[] bias = gaussian(out);
          float[][] x = new float[in + 1][];
          for (int p = 0; p <= in; p++) {
            x[p] = gaussian(SparseProducts.BLOCK);
          }
          float[][] sums = new float[out + 1][SparseProducts.BLOCK];
          Arrays.fill(sums[out], UNTOUCHED);
          products.multiplyBlock(SparseWeights.byColumn(matrix, in, out), bias, x, rows, sums);
          for (int i = 0; i < rows; i++) {
            float[] alone = one(matrix, in, out, bias, x, i);
            for (int j = 0; j < out; j++) {
              double sum = bias[j];
              double size = Math.abs(bias[j]);
              for (int p = 0; p < in; p++) {
                double product = (double) x[p][i] * matrix[p * out + j];
                sum += product;
                size += Math.abs(product);
              }
              assertThat((double) sums[j][i])
                  .as("%d×%d, density %s, row %d of %d, output %d", in, out, density, i, rows, j)
                  .isCloseTo(sum, within((in + 1) * UNIT_ROUNDOFF * size))
                  .isEqualTo(alone[j]);
            }
          }
          assertThat(sums[out]).containsOnly(UNTOUCHED);
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(SIZES.length * 4 * DENSITIES.length);
  }

  private float[] one(float[] matrix, int in, int out, float[] bias, float[][] x, int row) {
    int[] inputs = new int[in];
    float[] values = new float[in];
    for (int p = 0; p < in; p++) {
      inputs[p] = p;
      values[p] = x[p][row];
    }
    float[] sums = Arrays.copyOf(bias, out + 1);
    SparseWeights weights = SparseWeights.byRow(matrix, in, out).padded(out);
    products.addOne(weights, inputs, values, in, sums);
    return sums;
  }

  @Test
  void notANumberAndInfinityPassThroughTheirWeightsOnly() {
    float[] matrix = {2, 0, 0, Float.NaN, 0, 0, 3, 0};
    SparseWeights byRow = SparseWeights.byRow(matrix, 2, 4).padded(4);
    float[] sums = new float[5];
    products.addOne(byRow, new int[] {1}, new float[] {Float.POSITIVE_INFINITY}, 1, sums);
    assertThat(sums).startsWith(0, 0, Float.POSITIVE_INFINITY, 0);
    Arrays.fill(sums, 0);
    products.addOne(byRow, new int[] {0}, new float[] {1}, 1, sums);
    assertThat(sums).startsWith(2, 0, 0, Float.NaN);

    float[][] x = {new float[SparseProducts.BLOCK], new float[SparseProducts.BLOCK]};
    x[0][5] = 1;
    x[1][5] = Float.NEGATIVE_INFINITY;
    float[][] block = new float[4][SparseProducts.BLOCK];
    products.multiplyBlock(SparseWeights.byColumn(matrix, 2, 4), new float[4], x, 6, block);
    assertThat(block[0][5]).isEqualTo(2);
    assertThat(block[1][5]).isZero();
    assertThat(block[2][5]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(block[2][4]).isZero();
    assertThat(block[3][5]).isNaN();
  }

  /** Whole blocks of neighbouring outputs are kept or empty; some weights of kept ones are 0. */
  private float[] blockMatrix(int rows, int columns, double density) {
    float[] values = new float[rows * columns];
    for (int p = 0; p < rows; p++) {
      for (int first = 0; first < columns; first += WeightBlocks.WIDTH) {
        boolean kept = random.nextDouble() < density;
        for (int j = first; j < Math.min(columns, first + WeightBlocks.WIDTH); j++) {
          boolean zero = !kept || random.nextInt(5) == 0;
          values[p * columns + j] =
              zero ? random.nextBoolean() ? 0f : -0f : (float) random.nextGaussian();
        }
      }
    }
    return values;
  }

  /** The sums of one row, with what must not be written behind them. */
  private float[] inBlocks(WeightBlocks blocks, float[] bias, float[] x, boolean relu) {
    int padded = WeightBlocks.paddedOutputs(blocks.outputs());
    float[] sums = new float[padded + 1];
    Arrays.fill(sums, UNTOUCHED);
    products.multiplyOne(blocks, Arrays.copyOf(bias, padded), x, relu, sums);
    assertThat(sums[padded]).isEqualTo(UNTOUCHED);
    return Arrays.copyOf(sums, blocks.outputs());
  }

  /** The sums of the same row as one of a block of rows. */
  private float[] inBlockOfRows(
      boolean withoutZeros, WeightBlocks blocks, float[] bias, float[] x, boolean relu, int row) {
    float[][] columns = new float[blocks.inputs()][SparseProducts.BLOCK];
    for (int p = 0; p < x.length; p++) {
      columns[p][row] = x[p];
    }
    int out = blocks.outputs();
    float[][] block = new float[out][SparseProducts.BLOCK];
    float[][] scratch = new float[WeightBlocks.WIDTH][SparseProducts.BLOCK];
    float[] padded = Arrays.copyOf(bias, WeightBlocks.paddedOutputs(out));
    if (withoutZeros) {
      products.multiplyBlockWithoutZeros(blocks, padded, columns, row + 1, relu, scratch, block);
    } else {
      products.multiplyBlock(blocks, padded, columns, row + 1, relu, scratch, block);
    }
    float[] sums = new float[out];
    for (int j = 0; j < out; j++) {
      sums[j] = block[j][row];
    }
    return sums;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void oneRowInBlocksAgreesWithTheNaiveLoopAndWithABlockOfRows() {
    int checked = 0;
    int[] outs = {1, 10, 15, 16, 17, 31, 32, 33, 48, 50, 64, 80, 129};
    for (int in : new int[] {0, 1, 2, 3, 7, 16, 33, 67}) {
      for (int out : outs) {
        for (double density : DENSITIES) {
          float[] matrix = blockMatrix(in, out, density);
          float[] x = gaussian(in);
          for (int p = 0; p < in; p++) {
            x[p] = random.nextInt(3) == 0 ? x[p] : random.nextBoolean() ? 0 : -0f;
          }
          checkOneRowInBlocks(matrix, WeightBlocks.of(matrix, in, out, ColumnOrder.ONE_COLUMN), x);
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(8 * outs.length * DENSITIES.length);
  }

  /** Margins of all widths left and right, for images narrower and wider than vectors. */
  @Test
  void marginsOfAnImageChangeNoBit() {
    int checked = 0;
    for (int side : new int[] {1, 2, 5, 8, 15, 16, 17, 28, 33, 47}) {
      for (int out : new int[] {10, 32, 48, 80}) {
        int in = side * side;
        float[] matrix = blockMatrix(in, out, 0.3);
        WeightBlocks blocks = WeightBlocks.of(matrix, in, out, side);
        for (int left = 0; left <= side; left = 2 * left + 1) {
          for (int right = side; right >= left; right -= 1 + (side - right)) {
            float[] x = new float[in];
            for (int p = 0; p < in; p++) {
              boolean margin = p % side < left || p % side >= right;
              x[p] = margin ? (p % 2 == 0 ? 0 : -0f) : (float) random.nextGaussian();
            }
            checkOneRowInBlocks(matrix, blocks, x);
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(500);
  }

  private void checkOneRowInBlocks(float[] matrix, WeightBlocks blocks, float[] x) {
    int in = blocks.inputs();
    int out = blocks.outputs();
    float[] bias = gaussian(out);
    float[] sums = inBlocks(blocks, bias, x, false);
    float[] positive = inBlocks(blocks, bias, x, true);
    for (int j = 0; j < out; j++) {
      double sum = bias[j];
      double size = Math.abs(bias[j]);
      for (int p = 0; p < in; p++) {
        double product = (double) x[p] * matrix[p * out + j];
        sum += product;
        size += Math.abs(product);
      }
      assertThat((double) sums[j])
          .as("%d×%d, output %d", in, out, j)
          .isCloseTo(sum, within((in + 1) * UNIT_ROUNDOFF * size));
      assertThat(bits(positive)[j]).isEqualTo(Float.floatToIntBits(Math.max(sums[j], 0f)));
    }
    int row = random.nextInt(SparseProducts.BLOCK);
    assertThat(bits(inBlockOfRows(false, blocks, bias, x, false, row))).isEqualTo(bits(sums));
    assertThat(bits(inBlockOfRows(false, blocks, bias, x, true, row))).isEqualTo(bits(positive));
    assertThat(bits(inBlockOfRows(true, blocks, bias, x, false, row))).isEqualTo(bits(sums));
  }

  /** Where a sum is finite, zeros that fill blocks do not matter; left out, they never do. */
  @Test
  void notANumberAndInfinityReachWhatTheirWeightsReach() {
    int checked = 0;
    float[] strange = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -0f
    };
    for (int out : new int[] {10, 16, 40, 64}) {
      for (float input : strange) {
        for (float weight : strange) {
          float[] matrix = blockMatrix(3, out, 0.7);
          matrix[out] = weight;
          matrix[2 * out + out - 1] = 0;
          float[] bias = gaussian(out);
          bias[out - 1] = -0f;
          float[] x = {0, -1.5f, input};
          WeightBlocks blocks = WeightBlocks.of(matrix, 3, out, ColumnOrder.ONE_COLUMN);
          float[] exact = inBlockOfRows(true, blocks, bias, x, false, 0);
          float[] positive = inBlockOfRows(true, blocks, bias, x, true, 0);
          float[] sums = inBlocks(blocks, bias, x, false);
          float[] block = inBlockOfRows(false, blocks, bias, x, false, 0);
          for (int j = 0; j < out; j++) {
            boolean reached = !Float.isFinite(input) && matrix[2 * out + j] != 0;
            boolean large = j == 0 || Math.abs(input) == Float.MAX_VALUE;
            assertThat(Float.isFinite(exact[j]) || reached || large).isTrue();
            assertThat(Float.isFinite(exact[j]) && reached).isFalse();
            assertThat(bits(exact)[j]).isNotEqualTo(Float.floatToIntBits(-0f));
            assertThat(bits(positive)[j]).isEqualTo(Float.floatToIntBits(Math.max(exact[j], 0f)));
            assertThat(bits(sums)[j]).isIn(bits(exact)[j], Float.floatToIntBits(Float.NaN));
            assertThat(bits(block)[j]).isIn(bits(exact)[j], Float.floatToIntBits(Float.NaN));
          }
          assertThat(Float.isFinite(exact[out - 1])).isTrue();
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(4 * 25);
  }

  /** A sum that underflows to -0 in one way and to +0 in another. */
  @Test
  void noSumIsMinusZero() {
    float[] matrix = new float[32];
    matrix[0] = Float.MIN_VALUE;
    matrix[16] = 1;
    float[] bias = new float[16];
    Arrays.fill(bias, -0f);
    float[] x = {-Float.MIN_VALUE, 0};
    WeightBlocks blocks = WeightBlocks.of(matrix, 2, 16, ColumnOrder.ONE_COLUMN);
    for (float sum : inBlocks(blocks, bias, x, false)) {
      assertThat(Float.floatToRawIntBits(sum)).isZero();
    }
    for (float sum : inBlockOfRows(false, blocks, bias, x, false, 0)) {
      assertThat(Float.floatToRawIntBits(sum)).isZero();
    }
  }
}
