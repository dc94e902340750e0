package dev.neurite.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Workers;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engine and EJML compute the same product, checked against a loop in double precision. */
class ProductCaseTest {
  /** Large enough for two threads to share, and no multiple of a vector or a tile. */
  private static final ProductShape SHAPE = new ProductShape(61, 83, 67);

  /** Sums of 83 terms below 1 in float precision. */
  private static final double TOLERANCE = 83 * 1e-6;

  @ParameterizedTest
  @EnumSource
  void bothComputeTheProduct(ProductForm form) {
    ProductCase product = new ProductCase(SHAPE, form);
    try (Workers workers = new Workers(2, KernelChooser.choose("auto"))) {
      product.run(workers);
      assertIsProduct(product);
    }
    product.c().zero();
    product.runEjml();
    assertIsProduct(product);
  }

  private static void assertIsProduct(ProductCase product) {
    FMatrixRMaj a = product.a();
    FMatrixRMaj b = product.b();
    boolean aTransposed = product.form() == ProductForm.AT_B;
    boolean bTransposed = product.form() == ProductForm.A_BT;
    int different = 0;
    for (int i = 0; i < SHAPE.rows(); i++) {
      for (int j = 0; j < SHAPE.columns(); j++) {
        double sum = 0;
        for (int p = 0; p < SHAPE.inner(); p++) {
          double x = aTransposed ? a.get(p, i) : a.get(i, p);
          double y = bTransposed ? b.get(j, p) : b.get(p, j);
          sum += x * y;
        }
        assertThat((double) product.c().get(i, j))
            .as("%s [%d, %d]", product, i, j)
            .isCloseTo(sum, within(TOLERANCE));
        different += Math.abs(sum) > TOLERANCE ? 1 : 0;
      }
    }
    assertThat(different).as("elements that are not zero anyway").isGreaterThan(4000);
  }
}
