package dev.neurite.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.random.RandomPurpose;
import dev.neurite.nn.random.RandomStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every implementation of {@link Kernels} must do, held against naive loops in double
 * precision; a subclass names the implementation.
 */
abstract class KernelsContract {
  /** Half the distance of 1 to the next float: the relative error of one rounding. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** One rounding in elementwise operations that add, another in those that scale before. */
  private static final double ELEMENTWISE_ROUNDINGS = 3;

  /** Activations against their scalar definitions. */
  private static final double ACTIVATION_TOLERANCE = 1e-6;

  /** Softmax and its gradient, relative to values of at most 1. */
  private static final double SOFTMAX_TOLERANCE = 5e-7;

  private static final double LOSS_TOLERANCE = 1e-9;

  /** The promise for the exponential, in units in the last place of the exact result. */
  private static final double EXPONENTIAL_UNITS = 2;

  /** The promise for the hyperbolic tangent. */
  private static final double TANH_UNITS = 4;

  /** For what is made of them. */
  private static final double DERIVED_UNITS = 8;

  /** SiLU and the sigmoid are 0 where e^-x overflows: below this. */
  private static final double SMALLEST_DERIVED = 3e-37;

  /** A step through the bit patterns of all floats; prime, so that all mantissas occur. */
  private static final int PATTERN_STEP = 4093;

  /** A dropout rate may be this many standard errors away; the streams are fixed. */
  private static final double STANDARD_ERRORS = 5;

  /** What stands in memory that must not be written. */
  private static final float UNTOUCHED = 12345.678f;

  private static final int[] PRODUCT_SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67
  };
  private static final int[] RANGE_SIZES = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67, 130};
  private static final int[] ROW_LENGTHS = {1, 2, 3, 7, 8, 10, 16, 17, 33, 67};
  private static final int[] RANGE_STARTS = {0, 1, 3, 16};
  private static final int TRAILING = 19;

  private final Kernels kernels = KernelChooser.choose(kernelName()).get();
  private final Random random = new Random(20261125);

  /** The word that {@link KernelChooser#choose} takes for this implementation. */
  abstract String kernelName();

  /** The activations of this implementation. */
  abstract PlainActivations activations();

  @Test
  void isTheImplementationThatWasAskedFor() {
    assertThat(kernels.name()).isEqualTo(kernelName());
  }

  @Test
  void allMethodsHaveATestHere() {
    Set<String> names = new HashSet<>();
    for (Method method : Kernels.class.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        names.add(method.getName());
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "name",
            "product",
            "sharesColumns",
            "addRow",
            "columnSums",
            "scale",
            "addScaled",
            "multiply",
            "squaredNorm",
            "activate",
            "activateBackward",
            "dropout",
            "softmax",
            "softmaxBackward",
            "softmaxCrossEntropy",
            "softmaxCrossEntropyBackward",
            "compressedProduct",
            "transposedCompressedProduct",
            "addHalf");
  }

  // Products of compressed matrices.

  private static final int[] COMPRESSED_COLUMNS = {1, 2, 10, 15, 16, 31, 32, 33, 67, 128, 150, 300};

  /** A matrix of which one element in five is not zero; its second row is empty. */
  private float[] mostlyZeros(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      boolean kept = random.nextInt(5) == 0 && i / columns != 1;
      values[i] = kept ? (float) random.nextGaussian() : 0;
    }
    return values;
  }

  @Test
  void compressedProductsAgreeWithTheNaiveLoopHoweverTheyAreSplit() {
    int checked = 0;
    for (int rows : new int[] {1, 2, 7, 8, 33}) {
      for (int inner : new int[] {1, 5, 64, 203}) {
        float[] dense = mostlyZeros(rows, inner);
        CompressedRows a = new CompressedRows(rows + 2, inner);
        a.compress(dense, 0, rows);
        for (int columns : COMPRESSED_COLUMNS) {
          float[] b = gaussian(inner * columns);
          float[] row = gaussian(columns);
          float[] c = new float[rows * columns];
          Arrays.fill(c, UNTOUCHED);
          kernels.compressedProduct(a, columns, b, row, c, 0, rows);
          float[] parts = new float[rows * columns];
          kernels.compressedProduct(a, columns, b, row, parts, 0, rows / 3);
          kernels.compressedProduct(a, columns, b, row, parts, rows / 3, rows);
          float[] d = gaussian(rows * columns);
          float[] e = gaussian(inner * columns);
          float[] before = e.clone();
          float[] splitE = e.clone();
          BlockLists lists = new BlockLists();
          lists.begin(a, 0, rows);
          int blocks = lists.blockColumns();
          lists.sort(a, blocks / 3, blocks);
          lists.sort(a, 0, blocks / 3);
          kernels.transposedCompressedProduct(lists, columns, d, e, 0, blocks, Write.ACCUMULATE);
          kernels.transposedCompressedProduct(
              lists, columns, d, splitE, 0, blocks / 3, Write.ACCUMULATE);
          kernels.transposedCompressedProduct(
              lists, columns, d, splitE, blocks / 3, blocks, Write.ACCUMULATE);
          float[] overwritten = new float[inner * columns];
          float[] accumulated = new float[inner * columns];
          Arrays.fill(overwritten, UNTOUCHED);
          kernels.transposedCompressedProduct(
              lists, columns, d, overwritten, 0, blocks, Write.OVERWRITE);
          kernels.transposedCompressedProduct(
              lists, columns, d, accumulated, 0, blocks, Write.ACCUMULATE);
          assertSameBits(overwritten, accumulated, "overwritten transposed product");
          assertSameBits(parts, c, "split product");
          assertSameBits(sumOfParts(lists, 0, columns, b, row), c, "sum of parts");
          float[] halves = sumOfParts(lists, lists.middle(), columns, b, row);
          assertSameBits(splitE, e, "split transposed product");
          for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
              double sum = row[j];
              double magnitude = Math.abs(row[j]);
              for (int p = 0; p < inner; p++) {
                sum += (double) dense[i * inner + p] * b[p * columns + j];
                magnitude += Math.abs((double) dense[i * inner + p] * b[p * columns + j]);
              }
              double tolerance = (inner + 2) * UNIT_ROUNDOFF * magnitude + 1e-30;
              assertThat((double) c[i * columns + j]).isCloseTo(sum, within(tolerance));
              assertThat((double) halves[i * columns + j]).isCloseTo(sum, within(tolerance));
            }
            for (int p = 0; p < inner; p++) {
              double sum = before[p * columns + j];
              double magnitude = Math.abs(sum);
              for (int i = 0; i < rows; i++) {
                sum += (double) dense[i * inner + p] * d[i * columns + j];
                magnitude += Math.abs((double) dense[i * inner + p] * d[i * columns + j]);
              }
              assertThat((double) e[p * columns + j])
                  .isCloseTo(sum, within((rows + 2) * UNIT_ROUNDOFF * magnitude + 1e-30));
            }
          }
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(5 * 4 * COMPRESSED_COLUMNS.length);
  }

  /**
   * The product from two parts over p, each of them in two parts of its columns. With {@code at} 0
   * the first part is empty, and all sums are in order.
   */
  private float[] sumOfParts(BlockLists lists, int at, int columns, float[] b, float[] row) {
    int size = lists.rows() * columns;
    float[][] halves = new float[2][size + 3];
    for (int h = 0; h < 2; h++) {
      Arrays.fill(halves[h], UNTOUCHED);
      int from = h == 0 ? 0 : at;
      int to = h == 0 ? at : lists.blockColumns();
      int split = columns > 64 ? 64 : 0;
      kernels.compressedProduct(lists, columns, b, halves[h], 3, from, to, split, columns);
      kernels.compressedProduct(lists, columns, b, halves[h], 3, from, to, 0, split);
      assertThat(halves[h]).startsWith(UNTOUCHED, UNTOUCHED, UNTOUCHED);
      halves[h] = Arrays.copyOfRange(halves[h], 3, halves[h].length);
    }
    int rows = lists.rows();
    kernels.addHalf(columns, halves[1], row, halves[0], rows / 2, rows);
    kernels.addHalf(columns, halves[1], row, halves[0], 0, rows / 2);
    return halves[0];
  }

  /** With 61 columns the last block ends beyond the row. */
  @ParameterizedTest
  @ValueSource(ints = {61, 64})
  void compressedProductsReadTheMatrixWhereItStands(int inner) {
    int rows = 33;
    float[] dense = mostlyZeros(rows, inner);
    float[] moved = new float[5 + dense.length];
    System.arraycopy(dense, 0, moved, 5, dense.length);
    float[] b = gaussian(inner * 70);
    float[] row = gaussian(70);
    float[] expected = new float[rows * 70];
    CompressedRows a = new CompressedRows(rows, inner);
    a.compress(dense, 0, rows);
    kernels.compressedProduct(a, 70, b, row, expected, 0, rows);
    float[] c = new float[rows * 70];
    a.compress(moved, 5, rows);
    kernels.compressedProduct(a, 70, b, row, c, 0, rows);
    assertSameBits(c, expected, "at another place");

    CompressedRows twice = new CompressedRows(rows, inner);
    twice.followScaled(a, 2);
    float[] half = b.clone();
    for (int i = 0; i < half.length; i++) {
      half[i] *= 0.5f; // exact, so the products are the same
    }
    float[] single = new float[rows * 70];
    kernels.compressedProduct(twice, 70, half, row, c, 0, rows);
    for (int i = 0; i < rows; i++) {
      kernels.compressedProduct(twice, 70, half, row, single, i, i + 1);
    }
    assertSameBits(c, expected, "twice the matrix with half of the other");
    assertSameBits(single, expected, "row by row");
    for (float factor : new float[] {3, 0.5f, -2}) {
      twice.followScaled(a, factor);
      float[] scaled = new float[rows * inner];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = factor * dense[i];
      }
      CompressedRows same = new CompressedRows(rows, inner);
      same.compress(scaled, 0, rows);
      kernels.compressedProduct(same, 70, b, row, expected, 0, rows);
      kernels.compressedProduct(twice, 70, b, row, c, 0, rows);
      assertSameBits(c, expected, "times " + factor);
    }
    a.release();
    assertThat(a.rows()).isZero();
  }

  /**
   * The blocks of a single row are not found before they are asked for, and a process looks for its
   * elements in another way after some rows: the bits are those of many rows, always.
   */
  @ParameterizedTest
  @ValueSource(floats = {1, 2, 3, 0.5f, 1024, 2048})
  void singleRowsAreThoseOfMany(float factor) {
    int rows = 40;
    float[] dense = mostlyZeros(rows, 64);
    float[] b = gaussian(64 * 20);
    float[] row = gaussian(20);
    CompressedRows many = new CompressedRows(rows, 64);
    many.compress(dense, 0, rows);
    CompressedRows manyScaled = new CompressedRows(rows, 64);
    manyScaled.followScaled(many, factor);
    float[] expected = new float[rows * 20];
    kernels.compressedProduct(manyScaled, 20, b, row, expected, 0, rows);
    CompressedRows one = new CompressedRows(1, 64);
    CompressedRows scaled = new CompressedRows(1, 64);
    float[] single = new float[20];
    for (int i = 0; i < rows; i++) {
      one.compress(dense, i * 64, 1);
      scaled.followScaled(one, factor);
      kernels.compressedProduct(scaled, 20, b, row, single, 0, 1);
      assertSameBits(single, Arrays.copyOfRange(expected, i * 20, i * 20 + 20), "row " + i);
      assertThat(scaled.size()).isEqualTo(one.size());
    }
    for (int j = 0; j < 20; j++) {
      double sum = row[j];
      for (int p = 0; p < 64; p++) {
        sum += (double) factor * dense[p] * b[p * 20 + j];
      }
      assertThat((double) expected[j]).isCloseTo(sum, within(1e-4 * factor));
    }
  }

  /** Larger matrices are multiplied some rows at a time; few rows one by one. */
  @Test
  void compressedProductsOfManyRowsAreThoseOfSingleOnes() {
    int rows = 300;
    float[] dense = mostlyZeros(rows, 100);
    CompressedRows a = new CompressedRows(rows, 100);
    a.compress(dense, 0, rows);
    for (int columns : COMPRESSED_COLUMNS) {
      float[] b = gaussian(100 * columns);
      float[] row = gaussian(columns);
      float[] whole = new float[rows * columns];
      float[] single = new float[rows * columns];
      kernels.compressedProduct(a, columns, b, row, whole, 0, rows);
      for (int i = 0; i < rows; i++) {
        kernels.compressedProduct(a, columns, b, row, single, i, i + 1);
      }
      assertSameBits(single, whole, columns + " columns");
    }
  }

  @Test
  void compressedProductsWriteOnlyTheirPart() {
    float[] dense = mostlyZeros(9, 40);
    CompressedRows a = new CompressedRows(9, 40);
    a.compress(dense, 0, 9);
    float[] c = new float[9 * 70];
    Arrays.fill(c, UNTOUCHED);
    kernels.compressedProduct(a, 70, gaussian(40 * 70), gaussian(70), c, 2, 7);
    float[] e = new float[40 * 70];
    Arrays.fill(e, UNTOUCHED);
    BlockLists lists = new BlockLists();
    lists.begin(a, 0, 9);
    lists.sort(a, 2, 8);
    kernels.transposedCompressedProduct(lists, 70, gaussian(9 * 70), e, 2, 8, Write.ACCUMULATE);
    float[] part = new float[9 * 70];
    Arrays.fill(part, UNTOUCHED);
    kernels.compressedProduct(lists, 70, gaussian(40 * 70), part, 0, 2, 8, 10, 60);
    for (int i = 0; i < 9; i++) {
      for (int j : new int[] {0, 9, 60, 69}) {
        assertThat(part[i * 70 + j]).isEqualTo(UNTOUCHED);
      }
    }
    for (int j = 0; j < 70; j++) {
      for (int i : new int[] {0, 1, 7, 8}) {
        assertThat(c[i * 70 + j]).isEqualTo(UNTOUCHED);
      }
      for (int p : new int[] {0, 7, 32, 39}) {
        assertThat(e[p * 70 + j]).isEqualTo(UNTOUCHED);
      }
    }
  }

  @Test
  void compressedProductsCarryNotANumberAndInfinity() {
    float[] dense = {0, Float.NaN, 2, 0, Float.POSITIVE_INFINITY, 0};
    CompressedRows a = new CompressedRows(2, 3);
    a.compress(dense, 0, 2);
    assertThat(a.size()).isEqualTo(2);
    float[] b = gaussian(3 * 40);
    float[] c = new float[2 * 40];
    kernels.compressedProduct(a, 40, b, new float[40], c, 0, 2);
    for (int j = 0; j < 40; j++) {
      assertThat(c[j]).isNaN();
      assertThat(c[40 + j]).isInfinite();
    }
  }

  /** A row of B shorter than a vector must not be read beyond the array. */
  @Test
  void productsOfFewRowsStayWithinTheirArrays() {
    int checked = 0;
    for (int rows = 1; rows <= 3; rows++) {
      for (int columns = 1; columns <= 35; columns += 2) {
        for (int inner = 1; inner <= 20; inner++) {
          float[] a = gaussian(rows * inner);
          float[] b = gaussian(inner * columns);
          float[] c = new float[rows * columns];
          kernels.product(
              rows,
              columns,
              inner,
              a,
              0,
              inner,
              1,
              b,
              0,
              columns,
              1,
              c,
              0,
              columns,
              Write.OVERWRITE);
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              double sum = 0;
              double magnitude = 0;
              for (int p = 0; p < inner; p++) {
                double term = (double) a[i * inner + p] * b[p * columns + j];
                sum += term;
                magnitude += Math.abs(term);
              }
              assertThat((double) c[i * columns + j])
                  .isCloseTo(sum, within((inner + 2) * UNIT_ROUNDOFF * magnitude + 1e-30));
            }
          }
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(3 * 18 * 20);
  }

  // The product.

  /** How a factor lies in memory. */
  private enum Layout {
    PLAIN,
    TRANSPOSED
  }

  /** The three forms that a dense layer needs, and the fourth. */
  private enum Form {
    A_B(Layout.PLAIN, Layout.PLAIN),
    AT_B(Layout.TRANSPOSED, Layout.PLAIN),
    A_BT(Layout.PLAIN, Layout.TRANSPOSED),
    AT_BT(Layout.TRANSPOSED, Layout.TRANSPOSED);

    final Layout a;
    final Layout b;

    Form(Layout a, Layout b) {
      this.a = a;
      this.b = b;
    }
  }

  /** A matrix somewhere in a larger array, seen through strides. */
  private static final class View {
    final int rows;
    final int columns;
    final int offset;
    final int rowStride;
    final int columnStride;
    final float[] data;

    View(int rows, int columns, Layout layout, int offset, int padding) {
      this.rows = rows;
      this.columns = columns;
      this.offset = offset;
      int line = (layout == Layout.PLAIN ? columns : rows) + padding;
      int lines = layout == Layout.PLAIN ? rows : columns;
      rowStride = layout == Layout.PLAIN ? line : 1;
      columnStride = layout == Layout.PLAIN ? 1 : line;
      data = new float[offset + lines * line + TRAILING];
      Arrays.fill(data, UNTOUCHED);
    }

    int place(int row, int column) {
      return offset + row * rowStride + column * columnStride;
    }

    float get(int row, int column) {
      return data[place(row, column)];
    }

    void set(int row, int column, float value) {
      data[place(row, column)] = value;
    }

    View fill(Random random) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          set(i, j, (float) random.nextGaussian());
        }
      }
      return this;
    }

    View fill(float value) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          set(i, j, value);
        }
      }
      return this;
    }
  }

  private void product(View a, View b, View c, Write write) {
    product(a, 0, c.rows, b, 0, c.columns, c, write);
  }

  /** The product of some rows of A with some columns of B. */
  private void product(
      View a, int fromRow, int toRow, View b, int fromColumn, int toColumn, View c, Write write) {
    kernels.product(
        toRow - fromRow,
        toColumn - fromColumn,
        a.columns,
        a.data,
        a.place(fromRow, 0),
        a.rowStride,
        a.columnStride,
        b.data,
        b.place(0, fromColumn),
        b.rowStride,
        b.columnStride,
        c.data,
        c.place(fromRow, fromColumn),
        c.rowStride,
        write);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void productOfAwkwardShapesAgreesWithTheNaiveLoop(Form form) {
    int shapes = 0;
    for (int rows : PRODUCT_SIZES) {
      for (int columns : PRODUCT_SIZES) {
        for (int inner : PRODUCT_SIZES) {
          checkProduct(form, rows, columns, inner, Write.OVERWRITE);
          checkProduct(form, rows, columns, inner, Write.ACCUMULATE);
          shapes++;
        }
      }
    }
    assertThat(shapes).isEqualTo(16 * 16 * 16);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void productOfShapesLargerThanAnyBlockAgreesWithTheNaiveLoop(Form form) {
    int[][] shapes = {
      {3, 1100, 130}, {2, 2055, 65}, {300, 3, 1030}, {130, 140, 300}, {1, 1, 5000}, {190, 40, 700}
    };
    for (int[] shape : shapes) {
      checkProduct(form, shape[0], shape[1], shape[2], Write.OVERWRITE);
      checkProduct(form, shape[0], shape[1], shape[2], Write.ACCUMULATE);
    }
  }

  /** Compares within the bound that holds for a sum of n products in any order: n · u · Σ |a·b|. */
  private void checkProduct(Form form, int rows, int columns, int inner, Write write) {
    View a = new View(rows, inner, form.a, random.nextInt(4), random.nextInt(3)).fill(random);
    View b = new View(inner, columns, form.b, random.nextInt(4), random.nextInt(3)).fill(random);
    View c = new View(rows, columns, Layout.PLAIN, random.nextInt(4), random.nextInt(3));
    // What is overwritten may be anything; what is accumulated must count.
    c = write == Write.OVERWRITE ? c.fill(Float.NaN) : c.fill(random);
    float[] before = c.data.clone();
    float[] aBefore = a.data.clone();
    float[] bBefore = b.data.clone();

    product(a, b, c, write);

    boolean[] written = new boolean[c.data.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int place = c.place(i, j);
        written[place] = true;
        double sum = write == Write.OVERWRITE ? 0 : before[place];
        double magnitude = Math.abs(sum);
        for (int p = 0; p < inner; p++) {
          double term = (double) a.get(i, p) * b.get(p, j);
          sum += term;
          magnitude += Math.abs(term);
        }
        double bound = (inner + 1) * UNIT_ROUNDOFF * magnitude;
        if (!(Math.abs(c.data[place] - sum) <= bound)) {
          assertThat((double) c.data[place])
              .as("%s %s %d×%d×%d [%d, %d]", form, write, rows, inner, columns, i, j)
              .isCloseTo(sum, within(bound));
        }
      }
    }
    for (int i = 0; i < written.length; i++) {
      if (!written[i] && c.data[i] != UNTOUCHED) {
        assertThat(c.data[i]).as("%d×%d×%d place %d", rows, inner, columns, i).isEqualTo(UNTOUCHED);
      }
    }
    assertThat(a.data).isEqualTo(aBefore);
    assertThat(b.data).isEqualTo(bBefore);
  }

  @Test
  void productAgreesWithEjml() {
    int[][] shapes = {{1, 1, 1}, {5, 7, 3}, {17, 33, 67}, {64, 10, 100}, {32, 128, 130}};
    for (int[] shape : shapes) {
      int rows = shape[0];
      int columns = shape[1];
      int inner = shape[2];
      for (Form form : new Form[] {Form.A_B, Form.AT_B, Form.A_BT}) {
        View a = new View(rows, inner, form.a, 0, 0).fill(random);
        View b = new View(inner, columns, form.b, 0, 0).fill(random);
        View c = new View(rows, columns, Layout.PLAIN, 0, 0);
        FMatrixRMaj expected = new FMatrixRMaj(rows, columns);
        product(a, b, c, Write.OVERWRITE);
        switch (form) {
          case A_B ->
              CommonOps_FDRM.mult(
                  FMatrixRMaj.wrap(rows, inner, a.data),
                  FMatrixRMaj.wrap(inner, columns, b.data),
                  expected);
          case AT_B ->
              CommonOps_FDRM.multTransA(
                  FMatrixRMaj.wrap(inner, rows, a.data),
                  FMatrixRMaj.wrap(inner, columns, b.data),
                  expected);
          default ->
              CommonOps_FDRM.multTransB(
                  FMatrixRMaj.wrap(rows, inner, a.data),
                  FMatrixRMaj.wrap(columns, inner, b.data),
                  expected);
        }
        for (int i = 0; i < rows * columns; i++) {
          // Both are rounded; the terms are products of standard normal numbers.
          assertThat(c.data[i])
              .as("%s %s element %d", form, Arrays.toString(shape), i)
              .isCloseTo(expected.data[i], within((float) (4 * inner * UNIT_ROUNDOFF * inner)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void productCarriesNotANumberAndInfinity(Form form) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f};
    int[][] shapes = {{1, 1, 1}, {4, 9, 5}, {7, 17, 13}, {19, 35, 66}};
    int strange = 0;
    for (int[] shape : shapes) {
      for (int repeat = 0; repeat < 20; repeat++) {
        View a = new View(shape[0], shape[2], form.a, 1, 2).fill(random);
        View b = new View(shape[2], shape[1], form.b, 2, 1).fill(random);
        View c = new View(shape[0], shape[1], Layout.PLAIN, 3, 1);
        for (float special : specials) {
          a.set(random.nextInt(a.rows), random.nextInt(a.columns), special);
          b.set(random.nextInt(b.rows), random.nextInt(b.columns), special);
        }
        product(a, b, c, Write.OVERWRITE);
        for (int i = 0; i < c.rows; i++) {
          for (int j = 0; j < c.columns; j++) {
            double sum = 0;
            for (int p = 0; p < a.columns; p++) {
              sum += (double) a.get(i, p) * b.get(p, j);
            }
            if (Double.isFinite(sum)) {
              assertThat(c.get(i, j)).isFinite();
            } else {
              assertThat(c.get(i, j)).as("[%d, %d]", i, j).isEqualTo(Float.valueOf((float) sum));
              strange++;
            }
          }
        }
      }
    }
    assertThat(strange).isGreaterThan(1000);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void productDoesNotDependOnHowItIsSplit(Form form) {
    int[][] shapes = {{37, 20, 70}, {5, 67, 33}, {16, 130, 129}, {40, 83, 300}};
    for (int[] shape : shapes) {
      for (Write write : Write.values()) {
        View a = new View(shape[0], shape[2], form.a, 0, 1).fill(random);
        View b = new View(shape[2], shape[1], form.b, 0, 0).fill(random);
        View whole = new View(shape[0], shape[1], Layout.PLAIN, 0, 2).fill(random);
        float[] start = whole.data.clone();
        product(a, b, whole, write);
        View parts = new View(shape[0], shape[1], Layout.PLAIN, 0, 2);
        for (int split = 0; split <= shape[0]; split++) {
          System.arraycopy(start, 0, parts.data, 0, start.length);
          product(a, 0, split, b, 0, shape[1], parts, write);
          product(a, split, shape[0], b, 0, shape[1], parts, write);
          assertSameBits(parts.data, whole.data, form + " rows split at " + split);
        }
        for (int split = 0; split <= shape[1]; split++) {
          System.arraycopy(start, 0, parts.data, 0, start.length);
          product(a, 0, shape[0], b, 0, split, parts, write);
          product(a, 0, shape[0], b, split, shape[1], parts, write);
          assertSameBits(parts.data, whole.data, form + " columns split at " + split);
        }
      }
    }
  }

  @Test
  void aProductWorthSharingByColumnsHasTheSameBitsInHalves() {
    assertThat(kernels.sharesColumns(16)).as("too narrow to be shared by columns").isFalse();
    for (int columns : new int[] {128, 256, 512}) {
      if (kernels.sharesColumns(columns)) {
        assertThat(kernels.sharesColumns(2 * columns)).as("wider than %d", columns).isTrue();
      }
      View a = new View(33, 40, Layout.PLAIN, 0, 0).fill(random);
      View b = new View(40, columns, Layout.PLAIN, 0, 0).fill(random);
      View whole = new View(33, columns, Layout.PLAIN, 0, 0);
      product(a, b, whole, Write.OVERWRITE);
      View halves = new View(33, columns, Layout.PLAIN, 0, 0);
      product(a, 0, 33, b, 0, columns / 2, halves, Write.OVERWRITE);
      product(a, 0, 33, b, columns / 2, columns, halves, Write.OVERWRITE);
      assertSameBits(halves.data, whole.data, columns + " columns in halves");
    }
  }

  /** Many rows with many rows may be computed in another way than few, with the same bits. */
  @Test
  void productsOfRowsWithRowsHaveTheBitsOfFewRowsAtATime() {
    int[][] shapes = {
      {16, 64, 128},
      {17, 64, 128},
      {17, 63, 128},
      {17, 64, 127},
      {33, 70, 130},
      {40, 83, 1300},
      {500, 64, 300}
    };
    for (int[] shape : shapes) {
      for (Write write : Write.values()) {
        View a = new View(shape[0], shape[2], Layout.PLAIN, 0, 1).fill(random);
        View b = new View(shape[2], shape[1], Layout.TRANSPOSED, 0, 0).fill(random);
        a.data[3] = Float.NaN;
        a.data[shape[2] * 5] = Float.POSITIVE_INFINITY;
        b.data[shape[2] * 7 + 2] = Float.NEGATIVE_INFINITY;
        View whole = new View(shape[0], shape[1], Layout.PLAIN, 0, 2).fill(random);
        float[] parts = whole.data.clone();
        View few = new View(shape[0], shape[1], Layout.PLAIN, 0, 2);
        System.arraycopy(parts, 0, few.data, 0, parts.length);
        product(a, b, whole, write);
        for (int row = 0; row < shape[0]; row += 8) {
          product(a, row, Math.min(shape[0], row + 8), b, 0, shape[1], few, write);
        }
        assertSameBits(few.data, whole.data, Arrays.toString(shape) + " " + write);
      }
    }
  }

  @Test
  void productsWithAConstantMatrixHaveTheBitsOfOthers() {
    int[][] shapes = {
      {0, 5}, {1, 1}, {40, 10}, {20, 33}, {67, 64}, {300, 83}, {1000, 40}, {1024, 40}, {1100, 40}
    };
    for (int[] shape : shapes) {
      int inner = shape[0];
      int columns = shape[1];
      float[] b = gaussian(inner * columns);
      ConstantMatrix constant = new ConstantMatrix(inner, columns, b);
      for (int rows : new int[] {33, 1, 3, 4, 8, 17, 300}) {
        float[] a = gaussian(3 + rows * inner);
        float[] expected = new float[2 + rows * columns + 1];
        Arrays.fill(expected, UNTOUCHED);
        float[] c = expected.clone();
        kernels.product(
            rows,
            columns,
            inner,
            a,
            3,
            inner,
            1,
            b,
            0,
            columns,
            1,
            expected,
            2,
            columns,
            Write.OVERWRITE);
        kernels.product(rows, a, 3, constant, c, 2);
        assertSameBits(c, expected, "%d×%d×%d".formatted(rows, inner, columns));
      }
    }
  }

  @Test
  void productDoesNotDependOnWhatWasComputedBefore() {
    View a = new View(9, 70, Layout.PLAIN, 0, 0).fill(random);
    View b = new View(70, 30, Layout.PLAIN, 0, 0).fill(random);
    View fresh = new View(9, 30, Layout.PLAIN, 0, 0);
    View used = new View(9, 30, Layout.PLAIN, 0, 0);
    product(a, b, fresh, Write.OVERWRITE);
    View wide = new View(70, 1200, Layout.PLAIN, 0, 0).fill(Float.NaN);
    product(a, wide, new View(9, 1200, Layout.PLAIN, 0, 0), Write.OVERWRITE);
    product(a, b, used, Write.OVERWRITE);

    assertSameBits(used.data, fresh.data, "after a product of NaN");
  }

  // Elementwise operations: each on ranges, against one double formula.

  /** One operation that writes {@code [from, to)} of an output. */
  private interface RangeOperation {
    void run(float[] output, int from, int to);
  }

  /** The exact value of an element and the allowed difference. */
  private interface Expected {
    double value(int index, double before);
  }

  private static double tolerance(double... terms) {
    double sum = 0;
    for (double term : terms) {
      sum += Math.abs(term);
    }
    return ELEMENTWISE_ROUNDINGS * UNIT_ROUNDOFF * sum;
  }

  /**
   * Runs an operation over ranges of many lengths and starts: right within, untouched without, and
   * the same bits when the range is split.
   *
   * @param width elements per index: 1, or the row length of operations on rows
   */
  private void checkRanges(
      String name, int width, RangeOperation operation, Expected expected, Expected tolerance) {
    int length = (RANGE_STARTS[RANGE_STARTS.length - 1] + 130) * width + TRAILING;
    float[] start = new float[length];
    for (int i = 0; i < length; i++) {
      start[i] = (float) random.nextGaussian();
    }
    int ranges = 0;
    for (int from : RANGE_STARTS) {
      for (int size : RANGE_SIZES) {
        int to = from + size;
        float[] output = start.clone();
        operation.run(output, from, to);
        for (int i = 0; i < length; i++) {
          if (i < from * width || i >= to * width) {
            if (Float.floatToRawIntBits(output[i]) != Float.floatToRawIntBits(start[i])) {
              assertThat(output[i])
                  .as("%s [%d, %d) wrote %d", name, from, to, i)
                  .isEqualTo(start[i]);
            }
          } else {
            double value = expected.value(i, start[i]);
            double allowed = tolerance.value(i, start[i]);
            if (!(Math.abs(output[i] - value) <= allowed)) {
              assertThat((double) output[i])
                  .as("%s [%d, %d) element %d", name, from, to, i)
                  .isCloseTo(value, within(allowed));
            }
          }
        }
        int middle = from + size / 3;
        float[] parts = start.clone();
        operation.run(parts, middle, to);
        operation.run(parts, from, middle);
        assertSameBits(parts, output, name + " split at " + middle);
        ranges++;
      }
    }
    assertThat(ranges).isEqualTo(RANGE_STARTS.length * RANGE_SIZES.length);
  }

  private float[] gaussian(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertSameBits(float[] received, float[] expected, String what) {
    assertThat(received).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToRawIntBits(received[i]) != Float.floatToRawIntBits(expected[i])) {
        assertThat(Float.toHexString(received[i]))
            .as("%s, element %d", what, i)
            .isEqualTo(Float.toHexString(expected[i]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 10, 17, 33})
  void addRow(int columns) {
    float[] row = gaussian(columns);
    checkRanges(
        "addRow",
        columns,
        (output, from, to) -> kernels.addRow(columns, row, output, from, to),
        (i, before) -> before + row[i % columns],
        (i, before) -> tolerance(before, row[i % columns]));
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void columnSums(Write write) {
    for (int rows : new int[] {0, 1, 2, 9, 67}) {
      int columns = 200;
      float[] c = gaussian(rows * columns);
      Expected magnitude =
          (j, before) -> {
            double sum = write == Write.OVERWRITE ? 0 : Math.abs(before);
            for (int i = 0; i < rows; i++) {
              sum += Math.abs(c[i * columns + j]);
            }
            return rows * UNIT_ROUNDOFF * sum;
          };
      checkRanges(
          "columnSums",
          1,
          (output, from, to) -> kernels.columnSums(rows, columns, c, output, from, to, write),
          (j, before) -> {
            double sum = write == Write.OVERWRITE ? 0 : before;
            for (int i = 0; i < rows; i++) {
              sum += c[i * columns + j];
            }
            return sum;
          },
          magnitude);
    }
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void scale(Write write) {
    float[] x = gaussian(200);
    checkRanges(
        "scale",
        1,
        (output, from, to) -> kernels.scale(-1.7f, x, output, from, to, write),
        (i, before) -> (write == Write.OVERWRITE ? 0 : before) + (double) -1.7f * x[i],
        (i, before) -> tolerance(write == Write.OVERWRITE ? 0 : before, 1.7f * x[i]));
  }

  @Test
  void addScaled() {
    float[] a = gaussian(200);
    float[] b = gaussian(200);
    checkRanges(
        "addScaled",
        1,
        (output, from, to) -> kernels.addScaled(a, 0.3f, b, output, from, to),
        (i, before) -> a[i] + (double) 0.3f * b[i],
        (i, before) -> tolerance(a[i], 0.3f * b[i]));
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void multiply(Write write) {
    float[] a = gaussian(200);
    float[] b = gaussian(200);
    checkRanges(
        "multiply",
        1,
        (output, from, to) -> kernels.multiply(a, b, output, from, to, write),
        (i, before) -> (write == Write.OVERWRITE ? 0 : before) + (double) a[i] * b[i],
        (i, before) -> tolerance(write == Write.OVERWRITE ? 0 : before, a[i] * b[i]));
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void activate(ActivationFunction f) {
    for (float slope : new float[] {0.01f, 1}) {
      float[] x = activationInputs();
      checkRanges(
          f + " forward",
          1,
          (output, from, to) -> kernels.activate(f, slope, x, output, from, to),
          (i, before) -> ActivationReference.value(f, slope, x[i]),
          (i, before) ->
              ACTIVATION_TOLERANCE
                  * Math.max(1, Math.abs(ActivationReference.value(f, slope, x[i]))));
    }
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void activateInPlace(ActivationFunction f) {
    float[] x = activationInputs();
    float[] y = new float[x.length];
    kernels.activate(f, 0.01f, x, y, 3, 150);
    float[] inPlace = x.clone();
    kernels.activate(f, 0.01f, inPlace, inPlace, 3, 150);
    System.arraycopy(x, 0, y, 0, 3);
    System.arraycopy(x, 150, y, 150, x.length - 150);
    assertSameBits(inPlace, y, f + " in place");
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void activateBackward(ActivationFunction f) {
    for (float slope : new float[] {0.01f, 1}) {
      float[] x = activationInputs();
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = (float) ActivationReference.value(f, slope, x[i]);
      }
      float[] dy = gaussian(x.length);
      for (Write write : Write.values()) {
        checkRanges(
            f + " backward",
            1,
            (output, from, to) ->
                kernels.activateBackward(f, slope, x, y, dy, output, from, to, write),
            (i, before) ->
                (write == Write.OVERWRITE ? 0 : before)
                    + ActivationReference.derivative(f, slope, x[i]) * dy[i],
            (i, before) -> ACTIVATION_TOLERANCE * (Math.abs(dy[i]) + Math.abs(before)));
      }
    }
  }

  /** Ordinary inputs with zeros of both signs and far-out ones at places of all kinds. */
  private float[] activationInputs() {
    float[] x = gaussian(200);
    for (int i = 0; i < x.length; i += 3) {
      x[i] *= 10;
    }
    float[] special = {0, -0f, 1e-8f, -1e-8f, 30, -30, 100, -100};
    for (int i = 0; i < special.length; i++) {
      x[5 * i + 1] = special[i];
      x[199 - 7 * i] = special[i];
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void activationsOfExtremeInputsAreThoseOfTheDefinition(ActivationFunction f) {
    float[] special = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      0,
      -0f,
      3e38f,
      -3e38f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      88,
      -88,
      104,
      -104,
      709,
      -709
    };
    float slope = 0.25f;
    for (int length : new int[] {1, 7, 16, 45}) {
      float[] x = new float[length * special.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = special[(i / length + i) % special.length];
      }
      float[] y = new float[x.length];
      float[] dx = new float[x.length];
      float[] dy = new float[x.length];
      Arrays.fill(dy, 1);
      kernels.activate(f, slope, x, y, 0, x.length);
      kernels.activateBackward(f, slope, x, y, dy, dx, 0, x.length, Write.OVERWRITE);
      for (int i = 0; i < x.length; i++) {
        assertAgrees(f + "(" + x[i] + ")", y[i], f.value(x[i], slope));
        if (!Float.isNaN(x[i])) {
          assertAgrees(f + "'(" + x[i] + ")", dx[i], f.derivative(x[i], y[i], slope));
        }
      }
    }
  }

  // Precision over the whole range of floats.

  /** Floats of all exponents and both signs, then many where the functions bend. */
  private static float[] denseSample() {
    int patterns = (int) ((1L << 32) / PATTERN_STEP);
    int between = 1_000_000;
    float[] x = new float[patterns + between];
    for (int i = 0; i < patterns; i++) {
      x[i] = Float.intBitsToFloat(i * PATTERN_STEP);
    }
    for (int i = 0; i < between; i++) {
      x[patterns + i] = -105 + 195f * i / between;
    }
    return x;
  }

  /** The largest error in units in the last place; NaN and infinity must be met exactly. */
  private static double largestError(
      String name, float[] x, float[] y, DoubleUnaryOperator exact, double smallest) {
    double largest = 0;
    int compared = 0;
    int infinite = 0;
    int notNumbers = 0;
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      float nearest = (float) expected;
      if (Float.isNaN(nearest) || Float.isInfinite(nearest)) {
        infinite += Float.isInfinite(nearest) ? 1 : 0;
        notNumbers += Float.isNaN(nearest) ? 1 : 0;
        if (Float.compare(y[i], nearest) != 0) {
          assertThat(y[i]).as("%s(%s)", name, x[i]).isEqualTo(nearest);
        }
      } else if (Math.abs(expected) >= smallest || expected == 0) {
        double error = Math.abs(y[i] - expected) / Math.ulp(nearest);
        if (!(error <= largest)) {
          assertThat(error).as("%s(%s)", name, x[i]).isNotNaN();
          largest = error;
        }
        compared++;
      }
    }
    assertThat(compared).as("%s: numbers compared", name).isGreaterThan(1_000_000);
    assertThat(notNumbers).as("%s: NaN", name).isGreaterThan(1_000);
    assertThat(infinite).isGreaterThanOrEqualTo(0);
    return largest;
  }

  @Test
  void exponentialIsPreciseOverAllFloats() {
    float[] x = denseSample();
    float[] y = new float[x.length];
    activations().exponential(x, y, 0, x.length);
    assertThat(largestError("exp", x, y, StrictMath::exp, 0)).isLessThan(EXPONENTIAL_UNITS);
    float[] special = {
      Float.NEGATIVE_INFINITY,
      -3e38f,
      -104,
      -103.5f,
      -88,
      -0f,
      0,
      88.72283f,
      88.72284f,
      3e38f,
      Float.POSITIVE_INFINITY,
      Float.NaN
    };
    activations().exponential(special, special, 0, special.length);
    assertThat(special)
        .containsExactly(
            0,
            0,
            0,
            Float.MIN_VALUE,
            (float) Math.exp(-88),
            1,
            1,
            special[7],
            Float.POSITIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            Float.NaN);
    assertThat(special[7]).isBetween(3.4e38f, Float.MAX_VALUE);
  }

  @Test
  void tanhIsPreciseOverAllFloats() {
    float[] x = denseSample();
    float[] y = new float[x.length];
    kernels.activate(ActivationFunction.TANH, 0, x, y, 0, x.length);
    assertThat(largestError("tanh", x, y, StrictMath::tanh, 0)).isLessThan(TANH_UNITS);
    for (float value : y) {
      assertThat(Math.abs(value) > 1).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ActivationFunction.class,
      names = {"ELU", "SELU", "SILU", "SOFTPLUS", "SIGMOID"})
  void functionsOfTheExponentialArePreciseOverAllFloats(ActivationFunction f) {
    float[] x = denseSample();
    float[] y = new float[x.length];
    kernels.activate(f, 1, x, y, 0, x.length);
    DoubleUnaryOperator exact =
        switch (f) {
          case ELU -> v -> v > 0 ? v : StrictMath.expm1(v);
          case SELU ->
              v -> 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * StrictMath.expm1(v));
          case SILU -> v -> v < -750 ? -0.0 : v / (1 + StrictMath.exp(-v));
          case SOFTPLUS -> v -> Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v)));
          default -> v -> 1 / (1 + StrictMath.exp(-v));
        };
    assertThat(largestError(f.name(), x, y, exact, SMALLEST_DERIVED)).isLessThan(DERIVED_UNITS);
  }

  /** The tail is a product of a polynomial and an exponential, and far out of small numbers. */
  @Test
  void geluKeepsItsRelativePrecision() {
    float[] x = new float[25_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = -12.5f + i / 1000f;
    }
    float[] y = new float[x.length];
    kernels.activate(ActivationFunction.GELU, 0, x, y, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      double expected = x[i] * 0.5 * ActivationReference.errorComplement(-x[i] / Math.sqrt(2));
      assertThat(Math.abs(y[i] - expected))
          .as("gelu(%s)", x[i])
          .isLessThanOrEqualTo(DERIVED_UNITS * Math.ulp((float) expected));
    }
  }

  @Test
  void squaredNormAgreesWithTheDoubleSum() {
    float[] x = gaussian(200);
    for (int from : RANGE_STARTS) {
      for (int size : RANGE_SIZES) {
        double sum = 0;
        for (int i = from; i < from + size; i++) {
          sum += (double) x[i] * x[i];
        }
        assertThat(kernels.squaredNorm(x, from, from + size)).isCloseTo(sum, within(1e-12 * sum));
      }
    }
    assertThat(kernels.squaredNorm(new float[] {1, Float.NaN, 2}, 0, 3)).isNaN();
    assertThat(kernels.squaredNorm(new float[] {3e38f, 3e38f}, 0, 2)).isBetween(1.7e77, 1.9e77);
  }

  private static void assertAgrees(String what, float received, float expected) {
    if (Float.isFinite(expected)) {
      assertThat(received)
          .as(what)
          .isCloseTo(
              expected, within((float) ACTIVATION_TOLERANCE * Math.max(1, Math.abs(expected))));
    } else {
      assertThat(received).as(what).isEqualTo(Float.valueOf(expected));
    }
  }

  // Dropout.

  private static final RandomStream DROPOUT = RandomStream.of(9, RandomPurpose.DROPOUT, 1);

  @ParameterizedTest
  @ValueSource(floats = {0, 0x1p-24f, 0.1f, 0.25f, 0.5f, 0.9f, 0.99999994f})
  void dropoutMaskIsAPureFunctionWithTheExactScale(float dropRate) {
    float kept = (float) (1 / (1 - (double) dropRate));
    long threshold = Math.round(dropRate * 16_777_216.0);
    float[] x = gaussian(400);
    int step = 1234;
    Expected mask =
        (i, before) -> Integer.toUnsignedLong(DROPOUT.bits(step, i)) / 256 < threshold ? 0 : kept;
    float[] other = new float[400];
    checkRanges(
        "mask",
        1,
        (output, from, to) -> kernels.dropout(DROPOUT, step, dropRate, x, other, output, from, to),
        mask,
        (i, before) -> 0);
    checkRanges(
        "dropout",
        1,
        (output, from, to) -> kernels.dropout(DROPOUT, step, dropRate, x, output, other, from, to),
        (i, before) -> (float) mask.value(i, before) * x[i],
        (i, before) -> 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.25f, 0.5f, 0.9f})
  void dropoutSwitchesOffTheShareAskedFor(float dropRate) {
    int count = 100_000;
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    float[] y = new float[count];
    kernels.dropout(DROPOUT, 7, dropRate, ones, y, new float[count], 0, count);
    int off = 0;
    double sum = 0;
    for (float value : y) {
      off += value == 0 ? 1 : 0;
      sum += value;
    }
    double error = STANDARD_ERRORS * Math.sqrt(dropRate * (1 - dropRate) / count);
    assertThat(off / (double) count).isCloseTo(dropRate, within(error));
    // The mean is kept: each 1 becomes 1 / (1 - dropRate) with probability 1 - dropRate.
    assertThat(sum / count).isCloseTo(1, within(error / (1 - dropRate)));
  }

  @Test
  void dropoutMasksOfDifferentStepsAndStreamsDiffer() {
    float[] x = new float[256];
    Arrays.fill(x, 1);
    Set<String> masks = new HashSet<>();
    for (int step = 0; step < 10; step++) {
      for (int lane = 0; lane < 3; lane++) {
        float[] mask = new float[256];
        kernels.dropout(
            RandomStream.of(9, RandomPurpose.DROPOUT, lane),
            step,
            0.5f,
            x,
            x.clone(),
            mask,
            0,
            256);
        masks.add(Arrays.toString(mask));
      }
    }
    assertThat(masks).hasSize(30);
  }

  // Softmax.

  /** Rows of logits: ordinary ones, large ones, and equal ones. */
  private float[] logits(int rows, int columns) {
    float[] x = gaussian(rows * columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int place = i * columns + j;
        switch (i % 5) {
          case 1 -> x[place] *= 1000;
          case 2 -> x[place] += 10_000;
          case 3 -> x[place] = -300;
          default -> {}
        }
      }
    }
    return x;
  }

  private static double logSumOfExponentials(float[] x, int start, int columns) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      largest = Math.max(largest, x[start + j]);
    }
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += Math.exp(x[start + j] - largest);
    }
    return largest + Math.log(sum);
  }

  private static double probability(float[] x, int place, int columns) {
    return Math.exp(x[place] - logSumOfExponentials(x, place / columns * columns, columns));
  }

  @Test
  void softmax() {
    for (int columns : ROW_LENGTHS) {
      float[] x = logits(160, columns);
      checkRanges(
          "softmax of " + columns,
          columns,
          (output, from, to) -> kernels.softmax(columns, x, output, from, to),
          (i, before) -> probability(x, i, columns),
          (i, before) -> SOFTMAX_TOLERANCE);
    }
  }

  @Test
  void rowsLongerThanAnyBlockAreRightAndLeaveShortOnesSo() {
    for (int columns : new int[] {640, 641, 1500, 10}) {
      int rows = 70;
      float[] x = logits(rows, columns);
      int[] labels = random.ints(rows, 0, columns).toArray();
      float[] y = new float[x.length];
      double[] losses = new double[rows];
      kernels.softmaxCrossEntropy(columns, 0, x, labels, y, losses, 0, rows);
      for (int i = 0; i < rows; i++) {
        double logSum = logSumOfExponentials(x, i * columns, columns);
        for (int j = i * columns; j < (i + 1) * columns; j++) {
          assertThat((double) y[j]).isCloseTo(Math.exp(x[j] - logSum), within(SOFTMAX_TOLERANCE));
        }
        double expected = logSum - x[i * columns + labels[i]];
        assertThat(losses[i])
            .isCloseTo(expected, within(LOSS_TOLERANCE * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  void softmaxKeepsSmallProbabilitiesRelatively() {
    float[] x = {0, -20, -50, -80};
    float[] y = new float[4];
    kernels.softmax(4, x, y, 0, 1);
    for (int j = 0; j < 4; j++) {
      assertThat(y[j] / probability(x, j, 4)).isCloseTo(1, within(SOFTMAX_TOLERANCE));
    }
  }

  @Test
  void softmaxCarriesNotANumberWithinItsRowOnly() {
    float[] x = {
      1, Float.NaN, 2, 1, Float.NEGATIVE_INFINITY, 1, 3, 3, 3,
    };
    float[] y = new float[9];
    kernels.softmax(3, x, y, 0, 3);
    assertThat(new float[] {y[0], y[1], y[2]}).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    assertThat(new float[] {y[3], y[4], y[5]}).containsExactly(0.5f, 0, 0.5f);
    assertThat(y[6]).isCloseTo(1 / 3f, within(1e-7f));
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void softmaxBackward(Write write) {
    for (int columns : ROW_LENGTHS) {
      float[] x = logits(160, columns);
      float[] y = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = (float) probability(x, i, columns);
      }
      float[] dy = gaussian(x.length);
      checkRanges(
          "softmaxBackward of " + columns,
          columns,
          (output, from, to) -> kernels.softmaxBackward(columns, y, dy, output, from, to, write),
          (i, before) -> {
            // The row of the Jacobian: ∂y_j/∂x_i = y_i (δ_ij - y_j).
            int start = i / columns * columns;
            double sum = write == Write.OVERWRITE ? 0 : before;
            for (int j = start; j < start + columns; j++) {
              sum += dy[j] * (double) y[i] * ((i == j ? 1 : 0) - (double) y[j]);
            }
            return sum;
          },
          (i, before) -> 10 * SOFTMAX_TOLERANCE * (1 + Math.abs(before)));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.75f})
  void softmaxCrossEntropy(float smoothing) {
    for (int columns : ROW_LENGTHS) {
      int rows = 160;
      float[] x = logits(rows, columns);
      int[] labels = random.ints(rows, 0, columns).toArray();
      double[] losses = new double[rows];
      checkRanges(
          "probabilities of " + columns,
          columns,
          (output, from, to) ->
              kernels.softmaxCrossEntropy(columns, smoothing, x, labels, output, losses, from, to),
          (i, before) -> probability(x, i, columns),
          (i, before) -> SOFTMAX_TOLERANCE);

      double untouched = -1;
      Arrays.fill(losses, untouched);
      kernels.softmaxCrossEntropy(
          columns, smoothing, x, labels, new float[x.length], losses, 2, rows - 3);
      for (int row = 0; row < rows; row++) {
        if (row < 2 || row >= rows - 3) {
          assertThat(losses[row]).isEqualTo(untouched);
          continue;
        }
        double logSum = logSumOfExponentials(x, row * columns, columns);
        double expected = 0;
        for (int j = 0; j < columns; j++) {
          double target =
              (labels[row] == j ? 1 - (double) smoothing : 0) + (double) smoothing / columns;
          expected -= target * (x[row * columns + j] - logSum);
        }
        assertThat(losses[row])
            .as("loss of row %d of %d columns", row, columns)
            .isCloseTo(expected, within(LOSS_TOLERANCE * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.75f})
  void softmaxCrossEntropyBackward(float smoothing) {
    float factor = 0.125f;
    for (int columns : ROW_LENGTHS) {
      int rows = 160;
      float[] x = logits(rows, columns);
      int[] labels = random.ints(rows, 0, columns).toArray();
      float[] probabilities = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        probabilities[i] = (float) probability(x, i, columns);
      }
      for (Write write : Write.values()) {
        checkRanges(
            "softmaxCrossEntropyBackward of " + columns,
            columns,
            (output, from, to) ->
                kernels.softmaxCrossEntropyBackward(
                    columns, smoothing, factor, probabilities, labels, output, from, to, write),
            (i, before) -> {
              boolean labelled = labels[i / columns] == i % columns;
              double target =
                  (labelled ? 1 - (double) smoothing : 0) + (double) smoothing / columns;
              return (write == Write.OVERWRITE ? 0 : before) + factor * (probabilities[i] - target);
            },
            (i, before) -> SOFTMAX_TOLERANCE * (factor + Math.abs(before)));
      }
    }
  }

  @Test
  void crossEntropyOfHopelessLogitsIsLargeAndFinite() {
    float[] x = {3e37f, -3e37f};
    double[] losses = new double[1];
    kernels.softmaxCrossEntropy(2, 0, x, new int[] {1}, new float[2], losses, 0, 1);
    assertThat(losses[0]).isCloseTo(6e37, within(1e31));
  }
}
