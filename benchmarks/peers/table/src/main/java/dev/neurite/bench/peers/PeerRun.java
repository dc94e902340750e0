package dev.neurite.bench.peers;

import dev.neurite.bench.train.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Measures one peer in a process of its own and prints what it found, one JSON object a line: first
 * {@code version}, then a {@code figure} with its {@code value} and, of an epoch, the {@code
 * accuracy} on the test images afterwards, which shows that the network learns.
 *
 * <p>Figures: {@code W0} ... {@code W3} are the median seconds of an epoch, after epochs of warm-up;
 * {@code SINGLE} and {@code SINGLE_P99} the microseconds of predicting one image with the network
 * of W2, {@code BATCH} the images a second of predicting 1,000 at a time.
 */
public final class PeerRun {
  private static final int EPOCHS = 15;
  private static final int SINGLES = 20_000;
  private static final int BATCH = 1000;
  private static final int BATCHES = 120;

  private PeerRun() {}

  /**
   * Measures.
   *
   * @param peers makes the peer for a number of threads
   * @param args threads, directory of MNIST, seconds after which no further epoch of a workload
   *     begins, not counting a third as many of warm-up before, workloads (all where none is named)
   */
  public static void run(IntFunction<Peer> peers, String... args) throws IOException {
    MnistArrays data = MnistArrays.load(Path.of(args[1]));
    double limit = Double.parseDouble(args[2]);
    Peer peer = peers.apply(Integer.parseInt(args[0]));
    System.out.printf("{\"version\": \"%s\"}%n", peer.version());
    for (Workload workload : Workload.values()) {
      if (args.length == 3 || Arrays.asList(args).contains(workload.name())) {
        try (PeerNet net = peer.net(Recipe.of(workload), data)) {
          double seconds = epochSeconds(net, limit);
          System.out.printf(
              Locale.ROOT,
              "{\"figure\": \"%s\", \"value\": %.6g, \"accuracy\": %.4f}%n",
              workload,
              seconds,
              accuracy(net, data));
          if (workload == Workload.W2) {
            predictions(net, limit);
          }
        }
      }
    }
    System.exit(0); // Threads of a library do not keep the table waiting.
  }

  /** At least one epoch, and a third of the time, warm up: compilers work beside them. */
  private static double epochSeconds(PeerNet net, double limit) {
    long begin = System.nanoTime();
    do {
      net.epoch();
    } while (secondsSince(begin) < limit / 3);
    double[] seconds = new double[EPOCHS];
    int count = 0;
    begin = System.nanoTime();
    while (count == 0 || count < EPOCHS && secondsSince(begin) < limit) {
      long start = System.nanoTime();
      net.epoch();
      seconds[count] = secondsSince(start);
      count++;
    }
    return quantile(Arrays.copyOf(seconds, count), 0.5);
  }

  private static double accuracy(PeerNet net, MnistArrays data) {
    int correct = 0;
    for (int first = 0; first < data.testSize(); first += BATCH) {
      net.predict(first, BATCH);
      float[] probabilities = net.probabilities();
      for (int i = 0; i < BATCH; i++) {
        int best = 0;
        for (int digit = 1; digit < MnistArrays.CLASSES; digit++) {
          int row = i * MnistArrays.CLASSES;
          if (probabilities[row + digit] > probabilities[row + best]) {
            best = digit;
          }
        }
        if (best == data.testLabels()[first + i]) {
          correct++;
        }
      }
    }
    return correct / (double) data.testSize();
  }

  private static void predictions(PeerNet net, double limit) {
    double[] micros = new double[SINGLES];
    int count = 0;
    long begin = System.nanoTime();
    for (int i = -SINGLES / 4; i < SINGLES && secondsSince(begin) < limit; i++) {
      long start = System.nanoTime();
      net.predict((i + SINGLES) % BATCH, 1);
      double time = (System.nanoTime() - start) * 1e-3;
      if (i >= 0) {
        micros[count++] = time;
      }
    }
    micros = Arrays.copyOf(micros, count);
    print("SINGLE", quantile(micros, 0.5));
    print("SINGLE_P99", quantile(micros, 0.99));
    double[] seconds = new double[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      long start = System.nanoTime();
      net.predict(0, BATCH);
      seconds[i] = secondsSince(start);
    }
    print("BATCH", BATCH / quantile(Arrays.copyOfRange(seconds, BATCHES / 6, BATCHES), 0.5));
  }

  private static void print(String figure, double value) {
    System.out.printf(Locale.ROOT, "{\"figure\": \"%s\", \"value\": %.6g}%n", figure, value);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** The smallest value that the given part of all values does not exceed. */
  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }
}
