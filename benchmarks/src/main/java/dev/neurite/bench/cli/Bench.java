package dev.neurite.bench.cli;

import dev.neurite.bench.cli.BenchPlan.ProductJob;
import dev.neurite.bench.cli.BenchReport.PredictionFigures;
import dev.neurite.bench.cli.BenchReport.ProductFigures;
import dev.neurite.bench.kernel.FmaPeak;
import dev.neurite.bench.kernel.ProductCase;
import dev.neurite.bench.model.TestImages;
import dev.neurite.bench.train.EpochRun;
import dev.neurite.bench.train.Workload;
import dev.neurite.nn.autodiff.Engine;
import dev.neurite.nn.autodiff.EngineSpec;
import dev.neurite.nn.data.Dataset;
import dev.neurite.nn.kernel.KernelChooser;
import dev.neurite.nn.kernel.Workers;
import dev.neurite.nn.model.Model;
import dev.neurite.nn.model.Predictor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a plan says, in this process.
 *
 * <p>Workloads come first: later the compiler has seen both kernels and EJML, and calls that a
 * training process compiles for one of them are compiled for several.
 */
final class Bench {
  /** Products are measured on one thread and on this many. */
  private static final int TWO_THREADS = 2;

  /** Images of a batch of predictions. */
  private static final int BATCH = 1000;

  private final BenchPlan plan;
  private final EngineSpec engineSpec;
  private final long seed;
  private final PrintStream progress;

  /** Keeps results alive, so that no work can be left out. */
  private volatile float sink;

  /**
   * Prepares the measurements.
   *
   * @param plan what and how thoroughly
   * @param engineSpec what the workloads run on
   * @param seed of the workloads
   * @param progress hears what is measured
   */
  Bench(BenchPlan plan, EngineSpec engineSpec, long seed, PrintStream progress) {
    this.plan = plan;
    this.engineSpec = engineSpec;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param train images of an epoch
   * @param test images to predict
   */
  BenchReport run(Dataset train, Dataset test) {
    Map<Workload, Double> epochSeconds = epochSeconds(train);
    PredictionFigures predictions = predictions(test);
    FmaPeak peak = FmaPeak.available();
    List<Double> peaks = new ArrayList<>();
    List<ProductFigures> products = new ArrayList<>();
    try (Contestants contestants = new Contestants()) {
      for (int i = 0; i < plan.products().size(); i++) {
        ProductJob job = plan.products().get(i);
        progress.printf(
            "Product %d of %d: %s %s%n",
            i + 1, plan.products().size(), job.shape(), job.form().label());
        if (i == 0) {
          // Once for the compiler, which takes longer over code that it sees for the first time.
          measure(job, peak, contestants, plan.productPace().settling(), new ArrayList<>());
        }
        peaks.add(measure(job, peak, contestants, plan.productPace(), products));
      }
    }
    return new BenchReport(peak.description(), median(peaks), products, epochSeconds, predictions);
  }

  /** The kernels that are there, each on one thread and on two where the engine may use two. */
  private final class Contestants implements AutoCloseable {
    private final List<Workers> all = new ArrayList<>();

    Contestants() {
      add("plain");
      try {
        add("simd");
      } catch (IllegalStateException e) {
        progress.println(e.getMessage());
      }
    }

    private void add(String kernel) {
      all.add(new Workers(1, KernelChooser.choose(kernel)));
      if (engineSpec.threads() >= TWO_THREADS) {
        all.add(new Workers(TWO_THREADS, KernelChooser.choose(kernel)));
      }
    }

    @Override
    public void close() {
      all.forEach(Workers::close);
    }
  }

  /** Measures a product, adds its figures and returns the peak of the same rounds. */
  private double measure(
      ProductJob job,
      FmaPeak peak,
      Contestants contestants,
      Pace pace,
      List<ProductFigures> figures) {
    ProductCase product = new ProductCase(job.shape(), job.form());
    List<Runnable> works = new ArrayList<>();
    works.add(() -> sink = peak.run());
    works.add(product::runEjml);
    for (Workers workers : contestants.all) {
      works.add(() -> product.run(workers));
    }
    List<Samples> seconds = new RoundRobin(pace).secondsPerCall(works);
    Samples peakRates = seconds.get(0).rates(peak.flops() * 1e-9);
    Samples ejmlRates = seconds.get(1).rates(job.shape().flops() * 1e-9);
    for (int i = 0; i < contestants.all.size(); i++) {
      Workers workers = contestants.all.get(i);
      Samples rates = seconds.get(i + 2).rates(job.shape().flops() * 1e-9);
      figures.add(
          new ProductFigures(
              job.shape(),
              job.form(),
              workers.kernels().name(),
              workers.threads(),
              rates.median(),
              rates.medianRatio(peakRates) / workers.threads(),
              rates.medianRatio(ejmlRates),
              ejmlRates.median()));
    }
    return peakRates.median();
  }

  /** A workload in training and the seconds of its epochs that count. */
  private record EpochSeries(Workload workload, EpochRun run, List<Double> seconds) {}

  /** The median epoch of each workload, one epoch of each in turns. */
  private Map<Workload, Double> epochSeconds(Dataset train) {
    Map<Workload, Double> medians = new EnumMap<>(Workload.class);
    try (Engine engine = new Engine(engineSpec)) {
      List<EpochSeries> all = new ArrayList<>();
      for (Workload workload : Workload.values()) {
        EpochRun run = new EpochRun(workload, train, engine, seed);
        all.add(new EpochSeries(workload, run, new ArrayList<>()));
      }
      for (int epoch = 0; epoch < plan.warmUpEpochs(); epoch++) {
        progress.println("Epochs of W0-W3: warm-up");
        all.forEach(series -> series.run().seconds());
      }
      long start = System.nanoTime();
      for (int round = 1; round <= plan.epochs(); round++) {
        if (round > 1 && (System.nanoTime() - start) * 1e-9 > plan.epochSeconds()) {
          break;
        }
        progress.printf("Epochs of W0-W3: round %d of %d%n", round, plan.epochs());
        all.forEach(series -> series.seconds().add(series.run().seconds()));
      }
      all.forEach(series -> medians.put(series.workload(), median(series.seconds())));
    }
    return medians;
  }

  private static double median(List<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
  }

  /** Workload W4, with the first values of the network: they do not change the time. */
  private PredictionFigures predictions(Dataset test) {
    progress.println("Predictions: W4");
    Predictor predictor = new Predictor(Model.create(Workload.W2.model(), seed), engineSpec);
    float[][] images = TestImages.rows(test, Math.min(BATCH, test.size()));
    singleNanos(predictor, images, Math.max(1, plan.singlePredictions() / 4));
    Samples single = new Samples(singleNanos(predictor, images, plan.singlePredictions()));
    float[] batch = repeated(images);
    Samples batchSeconds =
        new RoundRobin(plan.batchPace())
            .secondsPerCall(List.of(() -> sink = predictor.predictBatch(batch, BATCH)[0]))
            .get(0);
    return new PredictionFigures(
        single.median() * 1e-3, single.quantile(0.99) * 1e-3, BATCH / batchSeconds.median());
  }

  /** The nanoseconds of each prediction; reading the clock is part of them, about 25. */
  private double[] singleNanos(Predictor predictor, float[][] images, int count) {
    double[] nanos = new double[count];
    float[] output = new float[predictor.spec().outputs()];
    for (int i = 0; i < count; i++) {
      float[] image = images[i % images.length];
      long start = System.nanoTime();
      predictor.predict(image, output);
      nanos[i] = System.nanoTime() - start;
    }
    sink = output[0];
    return nanos;
  }

  /** A batch of the images, which start again when they are used up. */
  private static float[] repeated(float[][] images) {
    int features = images[0].length;
    float[] batch = new float[BATCH * features];
    for (int i = 0; i < BATCH; i++) {
      System.arraycopy(images[i % images.length], 0, batch, i * features, features);
    }
    return batch;
  }
}
