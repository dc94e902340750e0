package dev.neurite.bench.cli;

import dev.neurite.bench.kernel.ProductForm;
import dev.neurite.bench.kernel.ProductShape;
import dev.neurite.bench.train.Workload;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was measured.
 *
 * @param peakSource what reached the peak, for people
 * @param peakGflops the most that one thread can do, in 10^9 operations a second
 * @param products the products of the engine
 * @param epochSeconds the median epoch of each workload
 * @param predictions workload W4
 */
record BenchReport(
    String peakSource,
    double peakGflops,
    List<ProductFigures> products,
    Map<Workload, Double> epochSeconds,
    PredictionFigures predictions) {
  /**
   * A product of the engine.
   *
   * @param shape its sizes
   * @param form its form
   * @param kernel {@code plain} or {@code simd}
   * @param threads number of threads
   * @param gflops median rate, in 10^9 operations a second
   * @param ofPeak its share of what so many threads can do: {@code threads} times the peak of one
   * @param overEjml how many times as fast as EJML on one thread
   * @param ejmlGflops EJML's median rate
   */
  record ProductFigures(
      ProductShape shape,
      ProductForm form,
      String kernel,
      int threads,
      double gflops,
      double ofPeak,
      double overEjml,
      double ejmlGflops) {}

  /**
   * Workload W4: the network of W2 answers.
   *
   * @param singleMedianMicros half of the predictions of one image took at most so long
   * @param singleP99Micros 99 of 100 took at most so long
   * @param batch1000ImagesPerSecond images in a second, in batches of 1,000
   */
  record PredictionFigures(
      double singleMedianMicros, double singleP99Micros, double batch1000ImagesPerSecond) {}

  /** Copies lists and maps; workloads stand in their order. */
  BenchReport {
    products = List.copyOf(products);
    Map<Workload, Double> inOrder = new EnumMap<>(Workload.class);
    inOrder.putAll(epochSeconds);
    epochSeconds = Collections.unmodifiableMap(inOrder);
  }
}
