package dev.neurite.explorer.inspect;

import dev.neurite.nn.model.Predictor;

/**
 * What the pixels do to an answer.
 *
 * @param gradient {@code dz[digit] / dx}, one value for each pixel
 * @param changed the picture after {@code steps} steps {@code x ← clamp(x + 0.04 g / max|g|, 0,
 *     1)}, where {@code g} is the gradient of {@code z[digit] - z[rival]} and the rival is the
 *     strongest other digit: along the gradient of {@code z[digit]} alone a rival may rise faster
 * @param steps number of steps taken
 * @param probability of the digit for the changed picture
 */
@SuppressWarnings("ArrayRecordComponent") // a value of one computation, read by its receiver only
record Saliency(float[] gradient, float[] changed, int steps, float probability) {
  private static final float STEP = 0.04f;
  private static final int MOST_STEPS = 100;
  private static final float ENOUGH = 0.9f;

  /** Computes the gradient, then steps along it until the network is sure of the digit. */
  static Saliency of(Predictor predictor, float[] pixels, int digit) {
    float[] gradient = predictor.inputGradient(pixels, digit);
    float[] x = pixels.clone();
    int steps = 0;
    float[] output = predictor.predict(x);
    while (steps < MOST_STEPS && output[digit] < ENOUGH) {
      float[] g = difference(predictor, x, digit, rival(output, digit));
      float largest = 0;
      for (float slope : g) {
        largest = Math.max(largest, Math.abs(slope));
      }
      if (largest == 0) {
        break; // no pixel changes anything
      }
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.max(0, Math.min(1, x[i] + STEP * g[i] / largest));
      }
      steps++;
      output = predictor.predict(x);
    }
    return new Saliency(gradient, x, steps, output[digit]);
  }

  private static int rival(float[] output, int digit) {
    float[] others = output.clone();
    others[digit] = Float.NEGATIVE_INFINITY;
    return Predictor.argMax(others);
  }

  private static float[] difference(Predictor predictor, float[] x, int digit, int rival) {
    float[] g = predictor.inputGradient(x, digit);
    float[] against = predictor.inputGradient(x, rival);
    for (int i = 0; i < g.length; i++) {
      g[i] -= against[i];
    }
    return g;
  }
}
