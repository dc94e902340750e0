package dev.neurite.bench.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Times pieces of work that take turns: each is warmed up, then in every round each runs once for a
 * moment. What disturbs a round disturbs all of it, so ratios within a round stay true.
 */
final class RoundRobin {
  private final Pace pace;

  RoundRobin(Pace pace) {
    this.pace = pace;
  }

  /**
   * Times the work.
   *
   * @param works what to run
   * @return seconds of one call in each round, in the order of {@code works}
   */
  List<Samples> secondsPerCall(List<Runnable> works) {
    int[] calls = new int[works.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = warmUp(works.get(i));
    }
    double[][] seconds = new double[works.size()][pace.rounds()];
    for (int round = 0; round < pace.rounds(); round++) {
      for (int i = 0; i < calls.length; i++) {
        seconds[i][round] = secondsPerCall(works.get(i), calls[i]);
      }
    }
    List<Samples> samples = new ArrayList<>();
    for (double[] values : seconds) {
      samples.add(new Samples(values));
    }
    return samples;
  }

  /** Runs the work until it is warm and returns how many calls make a turn. */
  private int warmUp(Runnable work) {
    double left = pace.warmUpSeconds();
    int calls = 1;
    double perCall;
    do {
      perCall = Math.max(1e-9, secondsPerCall(work, calls));
      left -= perCall * calls;
      // Turns grow at most tenfold: the first calls are slower than all others.
      calls = (int) Math.max(1, Math.min(10.0 * calls, Math.ceil(pace.turnSeconds() / perCall)));
    } while (left > 0 || perCall * calls < 0.9 * pace.turnSeconds());
    return calls;
  }

  private static double secondsPerCall(Runnable work, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9 / calls;
  }
}
