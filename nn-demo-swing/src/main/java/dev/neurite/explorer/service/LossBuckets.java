package dev.neurite.explorer.service;

import dev.neurite.explorer.session.LossTrace;
import dev.neurite.nn.train.TrainingEvent.BatchCompleted;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the losses of batches in a bounded number of buckets: when they are full, neighbours are
 * merged and later buckets take twice as many batches. Adding takes constant time on average.
 */
final class LossBuckets {
  private final int capacity;
  private final List<LossTrace.Point> full = new ArrayList<>();
  private int batchesPerBucket = 1;

  private int batches;
  private double lossSum;
  private double minimumLoss;
  private double maximumLoss;
  private double epoch;
  private double learningRate;

  /**
   * No losses yet.
   *
   * @param capacity largest number of full buckets, even, at least 2
   */
  LossBuckets(int capacity) {
    if (capacity < 2 || capacity % 2 != 0) {
      throw new IllegalArgumentException(
          "capacity must be an even number from 2, received " + capacity);
    }
    this.capacity = capacity;
  }

  /** Adds the loss of a batch. */
  void add(BatchCompleted batch) {
    minimumLoss = batches == 0 ? batch.loss() : Math.min(minimumLoss, batch.loss());
    maximumLoss = batches == 0 ? batch.loss() : Math.max(maximumLoss, batch.loss());
    lossSum += batch.loss();
    batches++;
    epoch = batch.epoch() - 1 + (double) batch.batch() / batch.stepsPerEpoch();
    learningRate = batch.learningRate();
    if (batches == batchesPerBucket) {
      full.add(openBucket());
      batches = 0;
      lossSum = 0;
      if (full.size() == capacity) {
        mergeNeighbours();
      }
    }
  }

  /** All losses so far, the bucket that is not full yet included. */
  LossTrace trace() {
    if (batches == 0) {
      return new LossTrace(full);
    }
    List<LossTrace.Point> points = new ArrayList<>(full);
    points.add(openBucket());
    return new LossTrace(points);
  }

  private LossTrace.Point openBucket() {
    return new LossTrace.Point(
        epoch, batches, lossSum / batches, minimumLoss, maximumLoss, learningRate);
  }

  private void mergeNeighbours() {
    List<LossTrace.Point> merged = new ArrayList<>(capacity / 2);
    for (int i = 0; i < full.size(); i += 2) {
      merged.add(merge(full.get(i), full.get(i + 1)));
    }
    full.clear();
    full.addAll(merged);
    batchesPerBucket *= 2;
  }

  private static LossTrace.Point merge(LossTrace.Point a, LossTrace.Point b) {
    int batches = a.batches() + b.batches();
    return new LossTrace.Point(
        b.epoch(),
        batches,
        (a.meanLoss() * a.batches() + b.meanLoss() * b.batches()) / batches,
        Math.min(a.minimumLoss(), b.minimumLoss()),
        Math.max(a.maximumLoss(), b.maximumLoss()),
        b.learningRate());
  }
}
