package dev.neurite.explorer.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses of the batches of a run, brought to a bounded number of points: each stands for
 * neighbouring batches, so none is lost.
 *
 * @param points in the order of training
 */
public record LossTrace(List<Point> points) {
  /** Nothing yet. */
  public static final LossTrace EMPTY = new LossTrace(List.of());

  /**
   * Neighbouring batches.
   *
   * @param epoch how far training was after the last of them, in epochs: 1.5 is the middle of the
   *     second
   * @param batches how many
   * @param meanLoss mean of their losses
   * @param minimumLoss smallest of their losses
   * @param maximumLoss largest of their losses
   * @param learningRate of the last of them
   */
  public record Point(
      double epoch,
      int batches,
      double meanLoss,
      double minimumLoss,
      double maximumLoss,
      double learningRate) {}

  /** Copies the list. */
  public LossTrace {
    points = List.copyOf(points);
  }

  /** These losses and then others. */
  public LossTrace followedBy(LossTrace later) {
    if (points.isEmpty()) {
      return later;
    }
    List<Point> all = new ArrayList<>(points);
    all.addAll(later.points());
    return new LossTrace(all);
  }

  /** The losses up to an epoch. */
  public LossTrace until(int epochs) {
    return new LossTrace(points.stream().filter(p -> p.epoch() <= epochs).toList());
  }

  /** Number of batches that the points stand for. */
  public long batches() {
    return points.stream().mapToLong(Point::batches).sum();
  }
}
