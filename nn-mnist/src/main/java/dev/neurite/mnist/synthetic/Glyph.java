package dev.neurite.mnist.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One way to write a digit: strokes of the pen as lists of points that a smooth curve goes through.
 *
 * @param weight how often this way is chosen, relative to the others of its digit
 * @param x points' horizontal places, 0 left to 1 right, stroke after stroke
 * @param y points' vertical places, 0 top to 1 bottom
 * @param corner whether the curve has a corner at the point
 * @param last whether the point is the last one of its stroke
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record Glyph(double weight, double[] x, double[] y, boolean[] corner, boolean[] last) {
  private static final double PERCENT = 100;

  /**
   * A glyph from its text: points as {@code x,y} in percent, a corner marked by {@code !}, strokes
   * separated by {@code |}.
   *
   * @throws IllegalArgumentException if a stroke has fewer than 2 points
   */
  static Glyph of(double weight, String text) {
    List<String> points = new ArrayList<>();
    List<Boolean> ends = new ArrayList<>();
    for (String stroke : text.split("\\|", -1)) {
      List<String> own = List.of(stroke.strip().split(" +", -1));
      if (own.size() < 2) {
        throw new IllegalArgumentException(
            "a stroke needs at least 2 points, received '%s'".formatted(stroke));
      }
      points.addAll(own);
      IntStream.range(0, own.size()).forEach(i -> ends.add(i == own.size() - 1));
    }
    int size = points.size();
    double[] x = new double[size];
    double[] y = new double[size];
    boolean[] corner = new boolean[size];
    boolean[] last = new boolean[size];
    for (int i = 0; i < size; i++) {
      String point = points.get(i);
      corner[i] = point.endsWith("!");
      String[] place = (corner[i] ? point.substring(0, point.length() - 1) : point).split(",", 2);
      x[i] = Double.parseDouble(place[0]) / PERCENT;
      y[i] = Double.parseDouble(place[1]) / PERCENT;
      last[i] = ends.get(i);
    }
    return new Glyph(weight, x, y, corner, last);
  }

  /** Number of points. */
  int size() {
    return x.length;
  }

  /** Whether another glyph has as many points, with strokes and corners at the same ones. */
  boolean hasFormOf(Glyph other) {
    return Arrays.equals(corner, other.corner) && Arrays.equals(last, other.last);
  }
}
