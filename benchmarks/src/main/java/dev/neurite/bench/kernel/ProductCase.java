package dev.neurite.bench.kernel;

import dev.neurite.nn.kernel.Kernels;
import dev.neurite.nn.kernel.RangeTask;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.kernel.Write;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * One product with its factors in memory, to be computed by the engine's kernels or by EJML.
 *
 * <p>Factors are uniform in [-1, 1): no zeros that could be skipped and no tiny numbers that are
 * slow.
 */
public final class ProductCase {
  /** The threshold that a layer splits its products by: multiplications worth a thread. */
  private static final int SMALLEST_PART = 1 << 17;

  private final ProductShape shape;
  private final ProductForm form;
  private final FMatrixRMaj a;
  private final FMatrixRMaj b;
  private final FMatrixRMaj c;
  private final RangeTask rows = (kernels, from, to) -> compute(kernels, from, to, 0, columns());
  private final RangeTask columns = (kernels, from, to) -> compute(kernels, 0, rows(), from, to);

  /** Fills the factors with random numbers. */
  public ProductCase(ProductShape shape, ProductForm form) {
    this.shape = shape;
    this.form = form;
    Random random = new Random(1);
    a =
        form == ProductForm.AT_B
            ? filled(shape.inner(), shape.rows(), random)
            : filled(shape.rows(), shape.inner(), random);
    b =
        form == ProductForm.A_BT
            ? filled(shape.columns(), shape.inner(), random)
            : filled(shape.inner(), shape.columns(), random);
    c = new FMatrixRMaj(shape.rows(), shape.columns());
  }

  private static FMatrixRMaj filled(int rows, int columns, Random random) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = 2 * random.nextFloat() - 1;
    }
    return matrix;
  }

  /** The sizes. */
  public ProductShape shape() {
    return shape;
  }

  /** The form. */
  public ProductForm form() {
    return form;
  }

  /** The first factor as it is stored. */
  public FMatrixRMaj a() {
    return a;
  }

  /** The second factor as it is stored. */
  public FMatrixRMaj b() {
    return b;
  }

  /** The result of the last run. */
  public FMatrixRMaj c() {
    return c;
  }

  /** Computes the product, split over the threads as a layer of the engine splits it. */
  public void run(Workers workers) {
    if (workers.kernels().sharesColumns(columns())) {
      workers.run(columns, columns(), SMALLEST_PART / (shape.inner() * rows()) + 1);
    } else {
      workers.run(rows, rows(), SMALLEST_PART / (shape.inner() * columns()) + 1);
    }
  }

  private int rows() {
    return shape.rows();
  }

  private int columns() {
    return shape.columns();
  }

  private void compute(Kernels kernels, int fromRow, int toRow, int fromColumn, int toColumn) {
    int inner = shape.inner();
    boolean aTransposed = form == ProductForm.AT_B;
    boolean bTransposed = form == ProductForm.A_BT;
    kernels.product(
        toRow - fromRow,
        toColumn - fromColumn,
        inner,
        a.data,
        aTransposed ? fromRow : fromRow * inner,
        aTransposed ? 1 : inner,
        aTransposed ? rows() : 1,
        b.data,
        bTransposed ? fromColumn * inner : fromColumn,
        bTransposed ? 1 : columns(),
        bTransposed ? inner : 1,
        c.data,
        fromRow * columns() + fromColumn,
        columns(),
        Write.OVERWRITE);
  }

  /** Computes the product with EJML, which runs on one thread. */
  public void runEjml() {
    switch (form) {
      case AB -> CommonOps_FDRM.mult(a, b, c);
      case AT_B -> CommonOps_FDRM.multTransA(a, b, c);
      case A_BT -> CommonOps_FDRM.multTransB(a, b, c);
    }
  }

  @Override
  public String toString() {
    return shape + " " + form.label();
  }
}
