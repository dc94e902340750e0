package dev.neurite.mnist.synthetic;

import java.util.List;

/**
 * Writes glyphs as a random hand would: a path of points with the width of the pen at each.
 *
 * <p>For each image: a glyph is chosen, or two of the same form are mixed; its points are moved,
 * its strokes made longer or shorter at their ends; a Catmull-Rom curve is laid through them; parts
 * of it grow at the expense of others; it is bent by slow waves, stretched, slanted and turned; the
 * pen's pressure rises and falls along it.
 *
 * <p>The path is kept until the next call of {@link #write}. For one thread.
 */
final class Handwriting {
  private static final int STEPS = 6;
  private static final int CAPACITY = 256;
  private static final int WAVES = 2;

  // Chosen by the accuracy on MNIST training images of a network that saw synthetic ones only.
  private static final double LOOSE_LOW = 0.01;
  private static final double LOOSE_HIGH = 0.06;
  private static final double JOIN = 0.12;
  private static final double BULGE = 0.35;
  private static final double TAPER = 0.35;
  private static final double BEND = 0.07;
  private static final double BEND_FREQUENCY = 5;
  private static final double LOG_WIDTH_MEAN = -0.12;
  private static final double LOG_WIDTH_MEAN_OF_0 = 0.05;
  private static final double LOG_WIDTH = 0.25;
  private static final double SLANT_MEAN = 0.15;
  private static final double SLANT = 0.32;
  private static final double TURN = 0.13;
  private static final double LARGEST_SWING = 0.25;

  private final RandomNumbers random;
  private final double[] controlX = new double[CAPACITY];
  private final double[] controlY = new double[CAPACITY];

  /** The path's places from left to right. */
  final double[] x = new double[CAPACITY];

  /** The path's places from top to bottom. */
  final double[] y = new double[CAPACITY];

  /** Half the pen's width at each place. */
  final double[] radius = new double[CAPACITY];

  /** Whether a stroke ends at the place. */
  final boolean[] ends = new boolean[CAPACITY];

  private int size;

  Handwriting(RandomNumbers random) {
    this.random = random;
  }

  /** Number of points of the path. */
  int size() {
    return size;
  }

  /**
   * Writes a digit: places are in heights of the digit, half widths relative to the mean one.
   *
   * @param digit 0...9
   */
  void write(int digit) {
    Glyph glyph = shape(Glyphs.of(digit));
    trace(glyph);
    shiftWeight();
    bend();
    transform(digit);
    press();
  }

  /** Chooses glyphs and moves their points. */
  private Glyph shape(List<Glyph> glyphs) {
    Glyph first = choose(glyphs);
    Glyph second = choose(glyphs);
    double share = random.uniform(0, 1);
    boolean mixed = first.hasFormOf(second);
    double loose = random.uniform(LOOSE_LOW, LOOSE_HIGH);
    for (int i = 0; i < first.size(); i++) {
      double mixedX = mixed ? first.x()[i] + share * (second.x()[i] - first.x()[i]) : first.x()[i];
      double mixedY = mixed ? first.y()[i] + share * (second.y()[i] - first.y()[i]) : first.y()[i];
      controlX[i] = random.normal(mixedX, loose);
      controlY[i] = random.normal(mixedY, loose);
    }
    int start = 0;
    for (int i = 0; i < first.size(); i++) {
      if (first.last()[i]) {
        lengthen(start, start + 1, random.normal(0, JOIN));
        lengthen(i, i - 1, random.normal(0, JOIN));
        start = i + 1;
      }
    }
    return first;
  }

  /** Moves the end of a stroke along its first stretch, by a share of that stretch's length. */
  private void lengthen(int end, int beside, double share) {
    controlX[end] += share * (controlX[end] - controlX[beside]);
    controlY[end] += share * (controlY[end] - controlY[beside]);
  }

  private Glyph choose(List<Glyph> glyphs) {
    double total = 0;
    for (Glyph glyph : glyphs) {
      total += glyph.weight();
    }
    double place = random.uniform(0, total);
    for (Glyph glyph : glyphs) {
      place -= glyph.weight();
      if (place < 0) {
        return glyph;
      }
    }
    return glyphs.get(glyphs.size() - 1);
  }

  /** Lays a Catmull-Rom curve through the points. */
  private void trace(Glyph glyph) {
    size = 0;
    boolean begins = true;
    for (int i = 0; i < glyph.size(); i++) {
      if (glyph.last()[i]) {
        add(controlX[i], controlY[i], true);
        begins = true;
        continue;
      }
      int before = begins || glyph.corner()[i] ? i : i - 1;
      int after = i + 1;
      int second = glyph.last()[after] || glyph.corner()[after] ? after : after + 1;
      for (int step = 0; step < STEPS; step++) {
        double t = step / (double) STEPS;
        add(
            curve(controlX, before, i, after, second, t),
            curve(controlY, before, i, after, second, t),
            false);
      }
      begins = false;
    }
  }

  private void add(double px, double py, boolean end) {
    x[size] = px;
    y[size] = py;
    ends[size] = end;
    size++;
  }

  /** A cubic from b to c with the slopes that the neighbours a and d give, at t in [0, 1). */
  private static double curve(double[] p, int a, int b, int c, int d, double t) {
    double slopeB = 0.5 * (p[c] - p[a]);
    double slopeC = 0.5 * (p[d] - p[b]);
    double change = p[c] - p[b];
    return p[b]
        + t
            * (slopeB
                + t * (3 * change - 2 * slopeB - slopeC + t * (slopeB + slopeC - 2 * change)));
  }

  /** Makes upper, lower, left or right parts larger at the expense of the others. */
  private void shiftWeight() {
    double bulgeX = random.normal(0, BULGE);
    double bulgeY = random.normal(0, BULGE);
    double taper = random.normal(0, TAPER);
    for (int i = 0; i < size; i++) {
      double px = x[i] + bulgeX * x[i] * (1 - x[i]);
      double py = y[i] + bulgeY * y[i] * (1 - y[i]);
      x[i] = 0.5 + (px - 0.5) * (1 + taper * (py - 0.5));
      y[i] = py;
    }
  }

  /** Elastic bending: each place is moved by a sum of slow waves over the plane. */
  private void bend() {
    for (int wave = 0; wave < 2 * WAVES; wave++) {
      double[] moved = wave % 2 == 0 ? x : y;
      double amplitude = random.normal(0, BEND);
      double frequencyX = random.normal(0, BEND_FREQUENCY);
      double frequencyY = random.normal(0, BEND_FREQUENCY);
      double phase = random.uniform(0, 2 * Math.PI);
      for (int i = 0; i < size; i++) {
        moved[i] += amplitude * StrictMath.sin(frequencyX * x[i] + frequencyY * y[i] + phase);
      }
    }
  }

  /** Stretches, slants and turns the curve around its middle. */
  private void transform(int digit) {
    double width =
        StrictMath.exp(random.normal(digit == 0 ? LOG_WIDTH_MEAN_OF_0 : LOG_WIDTH_MEAN, LOG_WIDTH));
    double slant = random.normal(SLANT_MEAN, SLANT);
    double angle = random.normal(0, TURN);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int i = 0; i < size; i++) {
      double px = (x[i] - 0.5) * width - slant * (y[i] - 0.5);
      double py = y[i] - 0.5;
      x[i] = cos * px - sin * py;
      y[i] = sin * px + cos * py;
    }
  }

  /** The pen's pressure: a wave along the path. */
  private void press() {
    double swing = random.uniform(0, LARGEST_SWING);
    double frequency = random.uniform(0.1, 0.4);
    double phase = random.uniform(0, 2 * Math.PI);
    for (int i = 0; i < size; i++) {
      radius[i] = 1 + swing * StrictMath.sin(frequency * i + phase);
    }
  }
}
