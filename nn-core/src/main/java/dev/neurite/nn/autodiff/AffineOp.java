package dev.neurite.nn.autodiff;

import dev.neurite.nn.kernel.BlockLists;
import dev.neurite.nn.kernel.CompressedRows;
import dev.neurite.nn.kernel.ConstantMatrix;
import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code Y = X · W + 1 · b}: X is {@code batch × in}, W {@code in × out}, b {@code 1 × out}.
 *
 * <p>X may be a compressed input; then only its non-zero elements are computed with.
 *
 * <p>Gradients: {@code dX = dY · Wᵀ}, {@code dW = Xᵀ · dY}, {@code db = Σ rows of dY}.
 */
final class AffineOp implements Op {
  /** Below this many multiplications a part of a product is not worth another thread. */
  private static final int SMALLEST_PART = 1 << 16;

  /** A narrower output is not worth the search for zeros. */
  private static final int NARROWEST_SKIPPED = 64;

  /** Columns of a compressed product that go to the same thread, if there are enough of them. */
  private static final int LARGEST_COLUMN_UNIT = 64;

  private static final int SMALLEST_COLUMN_UNIT = 16;

  private final Variable x;
  private final Variable weight;
  private final Variable bias;
  private final Variable y;
  private final RangeTask forwardRows = this::forwardRows;
  private final RangeTask forwardColumns = this::forwardColumns;
  private final RangeTask constantForwardRows = this::constantForwardRows;
  private final RangeTask biasRows = this::addBias;
  private final RangeTask inputGradientRows =
      (kernels, from, to) -> inputGradient(kernels, from, to, 0, inputs());
  private final RangeTask inputGradientColumns =
      (kernels, from, to) -> inputGradient(kernels, 0, rows(), from, to);
  private final RangeTask weightGradientRows =
      (kernels, from, to) -> weightGradient(kernels, from, to, 0, outputs());
  private final RangeTask weightGradientColumns =
      (kernels, from, to) -> weightGradient(kernels, 0, inputs(), from, to);
  private final RangeTask compressedForwardRows = this::compressedForwardRows;
  private final RangeTask sortBlocks = this::sortBlocks;
  private final RangeTask halves = this::halves;
  private final RangeTask partsOfHalves = this::partsOfHalves;
  private final RangeTask addHalf = this::addHalf;
  private final RangeTask compressedWeightGradient = this::compressedWeightGradient;
  private final @Nullable CompressedRows elements;

  /** In training both products of a compressed input go through the same lists. */
  private final BlockLists lists = new BlockLists();

  /** The second half of the sums over the inputs; the first one stands in y. */
  private final float[] secondHalf;

  /**
   * The input of a prediction for one row: activations are mostly zeros after relu, and reading the
   * weights is what takes the time, so only those are read that meet a non-zero.
   */
  private final @Nullable CompressedRows singleRow;

  /** The weight where it does not change and its product is that of whole matrices. */
  private final @Nullable ConstantMatrix constant;

  private Write write = Write.OVERWRITE;
  private int columnUnit = LARGEST_COLUMN_UNIT;

  /**
   * Records the operation.
   *
   * @param constant the weight, where it does not change, or null
   */
  AffineOp(Variable x, Variable weight, Variable bias, @Nullable ConstantMatrix constant) {
    if (x.columns() != weight.rows()) {
      throw new IllegalArgumentException(
          "affine: input is %s, weight %s needs %d columns"
              .formatted(x.shape(), weight.shape(), weight.rows()));
    }
    if (bias.rows() != 1 || bias.columns() != weight.columns()) {
      throw new IllegalArgumentException(
          "affine: bias is %s, weight %s needs 1×%d"
              .formatted(bias.shape(), weight.shape(), weight.columns()));
    }
    this.x = x;
    this.elements = x.compressed();
    this.weight = weight;
    this.bias = bias;
    y = Tape.result(x.rows(), weight.columns(), x, weight, bias);
    boolean halves = elements != null && weight.needsGradient();
    secondHalf = new float[halves ? y.size() : 0];
    boolean single = elements == null && x.rows() == 1 && !y.needsGradient();
    singleRow = single ? new CompressedRows(1, x.columns()) : null;
    this.constant = elements == null ? constant : null;
  }

  private int inputs() {
    return x.columns();
  }

  private int rows() {
    return x.rows();
  }

  private int outputs() {
    return y.columns();
  }

  @Override
  public Variable output() {
    return y;
  }

  @Override
  public void forward(Workers workers, int step) {
    y.setRows(x.rows());
    if (elements != null) {
      compressedForward(elements, workers);
      return;
    }
    if (singleRow != null && y.columns() >= NARROWEST_SKIPPED) {
      singleRow.compress(x.data(), 0, 1);
      workers
          .kernels()
          .compressedProduct(singleRow, y.columns(), weight.data(), bias.data(), y.data(), 0, 1);
      return;
    }
    if (constant != null) {
      workers.run(constantForwardRows, x.rows(), smallestPart(weight.size()));
    } else if (workers.kernels().sharesColumns(y.columns())) {
      workers.run(forwardColumns, y.columns(), smallestPart(x.size()));
      workers.run(biasRows, x.rows(), smallestPart(y.columns()));
    } else {
      workers.run(forwardRows, x.rows(), smallestPart(weight.size()));
    }
  }

  /**
   * In training the sum over the inputs is that of two halves, for any number of threads, so its
   * last bits may differ from those of a prediction. Two threads have a half each: its lists, its
   * rows of W and later of their gradient, which so stay in their cores' caches from one step to
   * the next. More threads share the columns of the halves.
   */
  private void compressedForward(CompressedRows input, Workers workers) {
    if (x.rows() == 1 && !weight.needsGradient()) { // without asking how many blocks it has
      compressedForwardRows(workers.kernels(), 0, 1);
      return;
    }
    int multiplications = multiplications(input);
    if (!weight.needsGradient()) {
      workers.run(compressedForwardRows, x.rows(), smallestPart(multiplications / x.rows()));
      return;
    }
    lists.begin(input, 0, x.rows());
    if (workers.threads() <= 2) {
      workers.run(halves, 2, smallestPart(multiplications / 2));
    } else {
      int blocks = input.blockColumns();
      workers.run(sortBlocks, blocks, smallestPart(multiplications / blocks));
      columnUnit = LARGEST_COLUMN_UNIT;
      while (columnUnit > SMALLEST_COLUMN_UNIT && 2 * columnUnits() < workers.threads()) {
        columnUnit /= 2;
      }
      int parts = 2 * columnUnits();
      workers.run(partsOfHalves, parts, smallestPart(multiplications / parts));
    }
    workers.run(addHalf, x.rows(), smallestPart(multiplications / x.rows()));
  }

  private int multiplications(CompressedRows input) {
    long exact = (long) CompressedRows.BLOCK * input.size() * y.columns();
    return (int) Math.min(exact, Integer.MAX_VALUE);
  }

  private void compressedForwardRows(Kernels kernels, int from, int to) {
    kernels.compressedProduct(
        Objects.requireNonNull(elements),
        y.columns(),
        weight.data(),
        bias.data(),
        y.data(),
        from,
        to);
  }

  private void sortBlocks(Kernels kernels, int from, int to) {
    lists.sort(Objects.requireNonNull(elements), from, to);
  }

  private int columnUnits() {
    return (y.columns() + columnUnit - 1) / columnUnit;
  }

  private void halves(Kernels kernels, int from, int to) {
    sortBlocks(
        kernels, from == 0 ? 0 : lists.middle(), to == 1 ? lists.middle() : lists.blockColumns());
    partsOfHalves(kernels, from * columnUnits(), to * columnUnits());
  }

  /** Units of columns of the first half, then of the second. */
  private void partsOfHalves(Kernels kernels, int from, int to) {
    int units = columnUnits();
    int middle = lists.middle();
    int end = lists.blockColumns();
    compressedHalf(kernels, y.data(), 0, middle, from, Math.min(to, units));
    compressedHalf(kernels, secondHalf, middle, end, Math.max(from, units) - units, to - units);
  }

  private void compressedHalf(
      Kernels kernels, float[] half, int fromBlock, int toBlock, int fromUnit, int toUnit) {
    if (fromUnit < toUnit) {
      kernels.compressedProduct(
          lists,
          y.columns(),
          weight.data(),
          half,
          0,
          fromBlock,
          toBlock,
          fromUnit * columnUnit,
          Math.min(y.columns(), toUnit * columnUnit));
    }
  }

  private void addHalf(Kernels kernels, int from, int to) {
    kernels.addHalf(y.columns(), secondHalf, bias.data(), y.data(), from, to);
  }

  private void compressedWeightGradient(Kernels kernels, int from, int to) {
    kernels.transposedCompressedProduct(
        lists, y.columns(), y.gradientData(), weight.gradientData(), from, to, write);
  }

  private void forwardRows(Kernels kernels, int from, int to) {
    forwardProduct(kernels, from, to, 0, y.columns());
    addBias(kernels, from, to);
  }

  private void constantForwardRows(Kernels kernels, int from, int to) {
    kernels.product(
        to - from,
        x.data(),
        from * x.columns(),
        Objects.requireNonNull(constant),
        y.data(),
        from * y.columns());
    addBias(kernels, from, to);
  }

  private void addBias(Kernels kernels, int from, int to) {
    kernels.addRow(y.columns(), bias.data(), y.data(), from, to);
  }

  private void forwardColumns(Kernels kernels, int from, int to) {
    forwardProduct(kernels, 0, x.rows(), from, to);
  }

  private void forwardProduct(
      Kernels kernels, int fromRow, int toRow, int fromColumn, int toColumn) {
    int in = x.columns();
    int out = y.columns();
    kernels.product(
        toRow - fromRow,
        toColumn - fromColumn,
        in,
        x.data(),
        fromRow * in,
        in,
        1,
        weight.data(),
        fromColumn,
        out,
        1,
        y.data(),
        fromRow * out + fromColumn,
        out,
        Write.OVERWRITE);
  }

  @Override
  public void backward(Workers workers) {
    if (x.needsGradient()) {
      write = x.nextWrite();
      if (workers.kernels().sharesColumns(x.columns())) {
        workers.run(inputGradientColumns, x.columns(), smallestPart(y.size()));
      } else {
        workers.run(inputGradientRows, x.rows(), smallestPart(weight.size()));
      }
    }
    if (weight.needsGradient() && elements != null) {
      write = weight.nextWrite();
      int blocks = elements.blockColumns();
      workers.run(
          compressedWeightGradient, blocks, smallestPart(multiplications(elements) / blocks));
    } else if (weight.needsGradient()) {
      write = weight.nextWrite();
      if (workers.kernels().sharesColumns(y.columns())) {
        workers.run(weightGradientColumns, y.columns(), smallestPart(x.size()));
      } else {
        workers.run(weightGradientRows, weight.rows(), smallestPart(y.size()));
      }
    }
    if (bias.needsGradient()) {
      workers
          .kernels()
          .columnSums(
              y.rows(),
              y.columns(),
              y.gradientData(),
              bias.gradientData(),
              0,
              y.columns(),
              bias.nextWrite());
    }
  }

  private void inputGradient(
      Kernels kernels, int fromRow, int toRow, int fromColumn, int toColumn) {
    int in = x.columns();
    int out = y.columns();
    kernels.product(
        toRow - fromRow,
        toColumn - fromColumn,
        out,
        y.gradientData(),
        fromRow * out,
        out,
        1,
        weight.data(),
        fromColumn * out,
        1,
        out,
        x.gradientData(),
        fromRow * in + fromColumn,
        in,
        write);
  }

  private void weightGradient(
      Kernels kernels, int fromRow, int toRow, int fromColumn, int toColumn) {
    int in = x.columns();
    int out = y.columns();
    kernels.product(
        toRow - fromRow,
        toColumn - fromColumn,
        y.rows(),
        x.data(),
        fromRow,
        1,
        in,
        y.gradientData(),
        fromColumn,
        out,
        1,
        weight.gradientData(),
        fromRow * out + fromColumn,
        out,
        write);
  }

  /** Rows of a result that are worth a thread when each costs so many multiplications. */
  private static int smallestPart(int multiplicationsPerRow) {
    return SMALLEST_PART / Math.max(1, multiplicationsPerRow) + 1;
  }
}
