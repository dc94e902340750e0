package dev.neurite.bench.cli;

import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.kernel.ProductShape;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured and how thoroughly.
 *
 * @param products the products
 * @param productPace how products are timed
 * @param warmUpEpochs epochs of each workload that do not count
 * @param epochs epochs of each workload that count, at least 1
 * @param epochSeconds after so long no further round of epochs begins once one has counted
 * @param singlePredictions how many predictions of one image count; a quarter as many warm up
 * @param batchPace how predictions of 1,000 images are timed
 */
record BenchPlan(
    List<ProductJob> products,
    Pace productPace,
    int warmUpEpochs,
    int epochs,
    double epochSeconds,
    int singlePredictions,
    Pace batchPace) {
  /** The shapes of the app: batches of 128 and 32, layers of 512 and 128 units, 10 classes. */
  private static final List<String> SHAPES =
      List.of(
          "128x784x512", "128x512x512", "784x128x512", "128x784x128", "32x784x128", "128x512x10");

  /**
   * A product to measure.
   *
   * @param shape its sizes
   * @param form its form
   */
  record ProductJob(ProductShape shape, ProductForm form) {
    static ProductJob of(String shape, ProductForm form) {
      return new ProductJob(ProductShape.parse(shape), form);
    }
  }

  /** Copies the list. */
  BenchPlan {
    products = List.copyOf(products);
    if (epochs < 1 || warmUpEpochs < 0 || singlePredictions < 1) {
      throw new IllegalArgumentException(
          "a plan needs at least 1 epoch, a warm-up from 0 and 1 prediction, received %d, %d and %d"
              .formatted(epochs, warmUpEpochs, singlePredictions));
    }
  }

  /** Every shape in every form: some minutes. */
  static BenchPlan thorough() {
    List<ProductJob> products = new ArrayList<>();
    for (String shape : SHAPES) {
      for (ProductForm form : ProductForm.values()) {
        products.add(ProductJob.of(shape, form));
      }
    }
    return new BenchPlan(
        products, new Pace(0.4, 15, 0.03), 2, 7, 300, 100_000, new Pace(1, 30, 0.05));
  }

  /** Every shape in the form that the app uses it in, and the large ones as {@code A · Bᵀ}. */
  static BenchPlan quick() {
    return new BenchPlan(
        List.of(
            ProductJob.of("128x784x512", ProductForm.AB),
            ProductJob.of("128x512x512", ProductForm.AB),
            ProductJob.of("784x128x512", ProductForm.AT_B),
            ProductJob.of("128x784x512", ProductForm.A_BT),
            ProductJob.of("128x512x512", ProductForm.A_BT),
            ProductJob.of("128x784x128", ProductForm.AB),
            ProductJob.of("32x784x128", ProductForm.AB),
            ProductJob.of("128x512x10", ProductForm.AB)),
        new Pace(0.15, 7, 0.015),
        1,
        5,
        40,
        20_000,
        new Pace(0.3, 10, 0.03));
  }
}
